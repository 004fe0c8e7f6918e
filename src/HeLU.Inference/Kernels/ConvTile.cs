namespace Helu.Inference.Kernels;

/// <summary>
/// What one call of <see cref="ConvMicroKernel"/> computes: a tile of outputs [rows, columns] = clamp(W·X + bias + residual), with W [rows, Depth] of
/// output channels and X [Depth, columns] of what each tap sees at neighbouring pixels. Strides and offsets count floats.
/// </summary>
internal unsafe struct ConvTile
{
    /// <summary>W, packed: element (row, k) stands at <c>Weights[k·rows + row]</c>.</summary>
    public float* Weights;

    /// <summary>X: element (k, column) stands at <c>Input[Offsets[k] + column]</c>, or at <c>Input[k·InputStride + column]</c> where Offsets is null. Whole vectors are read.</summary>
    public float* Input;

    /// <summary>Null, or where each k's pixels begin.</summary>
    public nint* Offsets;

    public nint InputStride;

    /// <summary>K = channels · kernel height · kernel width.</summary>
    public nint Depth;

    /// <summary>Element (row, column) goes to <c>Output[row·OutputStride + column]</c>.</summary>
    public float* Output;

    public nint OutputStride;

    /// <summary>Null, or one float for each row.</summary>
    public float* Bias;

    /// <summary>Null, or what to add, laid out like the output.</summary>
    public float* Residual;

    /// <summary>Lanes of each row's last vector that are read of the residual and written to the output; others are written whole.</summary>
    public int LastLanes;

    /// <summary>Results below are raised to it, NaN stays; negative infinity for none.</summary>
    public float Low;

    /// <summary>Results above are lowered to it, NaN stays; positive infinity for none.</summary>
    public float High;
}
