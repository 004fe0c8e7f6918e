namespace Helu.Inference.Kernels;

/// <summary>
/// A matrix product with what follows it: C = act(A·B + bias + residual); A [M, K], B [K, N], C [M, N]. Strides count floats. C overlaps neither A nor B.
/// </summary>
/// <remarks>
/// B is read where it stands in one of three layouts:
/// <list type="bullet">
/// <item>rows: element (k, n) at <c>Right[k·RightStride + n]</c>; set <see cref="PanelStride"/> to 0. Nothing after column N - 1 is read, so
/// that pixels of an image can be the columns;</item>
/// <item>listed rows: element (k, n) at <c>Right[RightOffsets[k] + n]</c>, otherwise as rows: a convolution can read an image's windows where they are;</item>
/// <item>panels (<see cref="Gemm.PackPanels"/>): element (k, n) at <c>Right[(n / P)·PanelStride + k·P + n % P]</c> with P =
/// <see cref="GemmBlocking.PanelWidth"/>; the last panel is filled up with zeros.
/// With RightOffsets, row k of a panel stands at RightOffsets[k] instead of k·P.</item>
/// </list>
/// A is read where it stands, in rows: packing it gains nothing, as 12 rows of it stay in the first-level cache for a whole row of tiles.
/// </remarks>
internal unsafe struct GemmArguments
{
    public int M;

    public int N;

    public int K;

    /// <summary>A: element (m, k) at <c>Left[m·LeftStride + k]</c>.</summary>
    public float* Left;

    public nint LeftStride;

    /// <summary>B; see the remarks.</summary>
    public float* Right;

    /// <summary>B's floats from one k to the next; the panel's width where B is in panels.</summary>
    public nint RightStride;

    /// <summary>Null, or K offsets, in floats, of B's rows; <see cref="RightStride"/> is not used then.</summary>
    public int* RightOffsets;

    /// <summary>B's floats from one panel to the next; 0 where B is in rows.</summary>
    public nint PanelStride;

    /// <summary>C: element (m, n) at <c>Output[m·OutputStride + n]</c>.</summary>
    public float* Output;

    public nint OutputStride;

    /// <summary>Null, or M floats: what a convolution adds to each channel.</summary>
    public float* RowBias;

    /// <summary>Null, or N floats: what a Linear layer adds to each feature. Not together with <see cref="RowBias"/>.</summary>
    public float* ColumnBias;

    /// <summary>Null, or a matrix [M, N] that is added before the activation; may be C itself.</summary>
    public float* Residual;

    public nint ResidualStride;

    /// <summary>The activation.</summary>
    public Epilogue Epilogue;
}
