namespace Helu.Inference.Kernels;

/// <summary>
/// What one call of <see cref="MicroKernel"/> computes: a tile of C = clamp(A·B + bias + addend) with A [rows, Depth], B [Depth, columns] and C
/// [rows, columns], all row-major. Strides count floats.
/// </summary>
internal unsafe struct MicroKernelTile
{
    /// <summary>A: element (row, k) stands at <c>Left[row·LeftStride + k]</c>.</summary>
    public float* Left;

    public nint LeftStride;

    /// <summary>B: element (k, column) stands at <c>Right[k·RightStride + column]</c>. Whole vectors of each row are read.</summary>
    public float* Right;

    public nint RightStride;

    /// <summary>Null, or B's rows wherever they stand: element (k, column) at <c>Right[RightOffsets[k] + column]</c>.</summary>
    public int* RightOffsets;

    /// <summary>K; may be 0.</summary>
    public nint Depth;

    /// <summary>C: element (row, column) stands at <c>Output[row·OutputStride + column]</c>. Whole vectors of each row are written.</summary>
    public float* Output;

    public nint OutputStride;

    /// <summary>Null, or one float for each row of the tile.</summary>
    public float* RowBias;

    /// <summary>Null, or one float for each column of the tile. Whole vectors are read.</summary>
    public float* ColumnBias;

    /// <summary>Null, or a matrix of C's shape to add after the sums; may be C itself. Whole vectors of each row are read.</summary>
    public float* Addend;

    public nint AddendStride;

    /// <summary>Results below are raised to it, NaN stays; negative infinity for none.</summary>
    public float Low;

    /// <summary>Results above are lowered to it, NaN stays; positive infinity for none.</summary>
    public float High;
}
