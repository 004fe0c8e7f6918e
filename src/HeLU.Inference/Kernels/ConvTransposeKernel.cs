using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// A transposed convolution layer: y[n, m, h, w] = act(bias[m] + Σ weight[c, m, i, j]·x[n, c, (h + padding - i·dilation)/stride, (w + padding - j·dilation)/stride] + residual[n, m, h, w])
/// over all taps for which both divide, 1-d (as height 1) and 2-d, for one input size and any batch.
/// </summary>
internal sealed unsafe class ConvTransposeKernel
{
    private readonly ConvPath _path;

    /// <summary>Packs the weights.</summary>
    /// <param name="weight">[InChannels, OutChannels/Groups, Kernel.H, Kernel.W].</param>
    /// <param name="bias">[OutChannels], or empty for none.</param>
    /// <param name="shape">The geometry.</param>
    /// <param name="width">The width of the vectors.</param>
    /// <exception cref="ArgumentException">The shape is impossible, or a length does not fit it.</exception>
    public ConvTransposeKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, in ConvTransposeShape shape, SimdWidth width)
        : this(new ConvTransposeWeights(weight, bias, shape.Checked(), width), shape)
    {
    }

    /// <summary>Takes weights that are packed already, for example for another input size.</summary>
    /// <exception cref="ArgumentException">The shape is impossible or has other weights.</exception>
    public ConvTransposeKernel(ConvTransposeWeights weights, in ConvTransposeShape shape)
    {
        Shape = shape.Checked();
        Weights = weights.Fit(shape) ? weights : throw new ArgumentException($"The weights are not of {shape}.", nameof(weights));
        _path = weights.Width switch
        {
            SimdWidth.Vector512 => new ConvTransposePath<Simd512, Vector512<float>>(weights, shape),
            SimdWidth.Vector256 => new ConvTransposePath<Simd256, Vector256<float>>(weights, shape),
            SimdWidth.Vector128 => new ConvTransposePath<Simd128, Vector128<float>>(weights, shape),
            SimdWidth.Scalar => new ConvTransposePath<SimdScalar, float>(weights, shape),
            _ => throw new ArgumentOutOfRangeException(nameof(weights), weights.Width, "Not a width."),
        };
    }

    public ConvTransposeShape Shape { get; }

    public ConvTransposeWeights Weights { get; }

    /// <summary>Floats of scratch that <see cref="Run"/> needs.</summary>
    public long ScratchFloats(int batch) => _path.ScratchFloats(batch);

    /// <summary>Computes the layer. Allocates nothing. The result does not depend on the number of threads.</summary>
    /// <param name="x">[batch, InChannels, H, W].</param>
    /// <param name="batch">Images.</param>
    /// <param name="y">[batch, OutChannels, OutH, OutW]; overlaps neither x nor scratch.</param>
    /// <param name="residual">Null, or y's shape: added before the activation. May be y itself.</param>
    /// <param name="epilogue">The activation.</param>
    /// <param name="scratch"><see cref="ScratchFloats"/> floats.</param>
    /// <param name="workers">The threads that share the work; null for the caller alone.</param>
    public void Run(float* x, int batch, float* y, float* residual, in Epilogue epilogue, float* scratch, Workers? workers)
    {
        ConvCall call = ConvCall.Of(_path, x, batch, y, residual, epilogue, scratch, workers);
        _path.Run(ref call);
    }
}
