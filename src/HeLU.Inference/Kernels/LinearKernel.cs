using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// A Linear layer: y = act(x·Wᵀ + bias (+ residual)), x [rows, in_features], W [out_features, in_features], y [rows, out_features], row-major. Keeps Wᵀ in
/// panels (<see cref="Gemm.PackPanels"/>), which serve one row and many alike: each pass over a panel reads it front to back.
/// </summary>
internal sealed unsafe class LinearKernel
{
    private readonly AlignedBuffer _panels;
    private readonly AlignedBuffer? _bias;
    private readonly SimdWidth _width;

    /// <summary>Packs the weight, which may be dropped afterwards.</summary>
    /// <param name="weight">[out_features, in_features], row-major.</param>
    /// <param name="bias">[out_features], or empty for none.</param>
    /// <param name="inFeatures">Features of the input.</param>
    /// <param name="outFeatures">Features of the output.</param>
    /// <param name="width">The vectors to use.</param>
    /// <exception cref="ArgumentException">A length does not fit the features.</exception>
    public LinearKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int inFeatures, int outFeatures, SimdWidth width)
    {
        if (weight.Length != (long)inFeatures * outFeatures)
            throw new ArgumentException($"The weight has {weight.Length} elements; [{outFeatures}, {inFeatures}] needs {(long)inFeatures * outFeatures}.", nameof(weight));
        if (!bias.IsEmpty && bias.Length != outFeatures)
            throw new ArgumentException($"The bias has {bias.Length} elements; the layer has {outFeatures} outputs.", nameof(bias));

        InFeatures = inFeatures;
        OutFeatures = outFeatures;
        _width = width;
        _panels = new(Gemm.PanelFloats(inFeatures, outFeatures, width));
        fixed (float* source = weight)
            Gemm.PackPanels(source, 1, inFeatures, inFeatures, outFeatures, _panels.Pointer, width);
        if (bias.IsEmpty)
            return;
        _bias = new(outFeatures);
        bias.CopyTo(_bias.Span);
    }

    public int InFeatures { get; }

    public int OutFeatures { get; }

    /// <summary>Floats of scratch that <see cref="Run"/> needs.</summary>
    public long ScratchFloats(int rows) => rows == 1 && LinearZeros.Pays(InFeatures, OutFeatures) ? LinearZeros.ScratchFloats(InFeatures) : 0;

    /// <summary>Computes y. Allocates nothing.</summary>
    /// <param name="x">[rows, in_features].</param>
    /// <param name="rows">The batch.</param>
    /// <param name="y">[rows, out_features]; overlaps neither x nor scratch.</param>
    /// <param name="epilogue">The activation.</param>
    /// <param name="residual">Null, or [rows, out_features], added before the activation; may be y.</param>
    /// <param name="sparseInput">
    /// Whether x comes from a ReLU. Of one row with many zeros, the weights that would meet a zero are not read; such a weight then counts as 0 even where
    /// it is infinite or NaN.
    /// </param>
    /// <param name="scratch"><see cref="ScratchFloats"/> floats; what they hold is lost.</param>
    /// <param name="workers">Null for the caller's thread alone.</param>
    public void Run(float* x, int rows, float* y, in Epilogue epilogue, float* residual, bool sparseInput, float* scratch, Workers? workers)
    {
        int panel = GemmBlocking.PanelWidth(_width);
        GemmArguments arguments = new()
        {
            M = rows,
            N = OutFeatures,
            K = InFeatures,
            Left = x,
            LeftStride = InFeatures,
            Right = _panels.Pointer,
            RightStride = panel,
            PanelStride = (nint)InFeatures * panel,
            Output = y,
            OutputStride = OutFeatures,
            ColumnBias = _bias == null ? null : _bias.Pointer,
            Residual = residual,
            ResidualStride = OutFeatures,
            Epilogue = epilogue,
        };
        if (sparseInput && rows == 1 && LinearZeros.Pays(InFeatures, OutFeatures))
            LinearZeros.TrySkip(ref arguments, scratch, _width);
        Gemm.Run(arguments, _width, workers);

        // Only pointers were in use since; the caller may have let go of this layer.
        GC.KeepAlive(this);
    }
}
