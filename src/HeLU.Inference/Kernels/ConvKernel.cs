using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// A convolution layer: y[n, m, h, w] = act(bias[m] + Σ weight[m, c, i, j]·x[n, c, h·stride - padding + i·dilation, w·stride - padding + j·dilation] + residual[n, m, h, w]),
/// 1-d (as height 1) and 2-d, for one input size and any batch. The algorithm is chosen by the shape.
/// </summary>
internal sealed unsafe class ConvKernel
{
    private readonly ConvPath _path;

    /// <summary>Chooses the algorithm and packs the weights.</summary>
    /// <param name="weight">[OutChannels, InChannels/Groups, Kernel.H, Kernel.W].</param>
    /// <param name="bias">[OutChannels], or empty for none.</param>
    /// <param name="shape">The geometry.</param>
    /// <param name="width">The width of the vectors.</param>
    /// <param name="batch">The batch that is to be fast; any other works too.</param>
    /// <exception cref="ArgumentException">The shape is impossible, or a length does not fit it.</exception>
    public ConvKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, in ConvShape shape, SimdWidth width, int batch = 1)
        : this(new ConvPackedWeights(weight, bias, shape.Checked(), ConvAlgorithms.Choose(shape, width, batch), width), shape)
    {
    }

    /// <summary>Takes weights that are packed already, for example for another input size; what they were packed for decides the algorithm.</summary>
    /// <exception cref="ArgumentException">The shape is impossible, has other weights, or is not for the weights' algorithm.</exception>
    public ConvKernel(ConvPackedWeights weights, in ConvShape shape)
    {
        Shape = shape.Checked();
        if (weights.Algorithm is ConvAlgorithm.Winograd2 or ConvAlgorithm.Winograd4 && !ConvAlgorithms.CanWinograd(shape))
            throw new ArgumentException($"{weights.Algorithm} is for 3x3 kernels with stride 1, dilation 1 and one group, not for {shape}.", nameof(weights));
        Weights = weights.Fit(shape) ? weights : throw new ArgumentException($"The weights are not of {shape}.", nameof(weights));
        _path = weights.Width switch
        {
            SimdWidth.Vector512 => Path<Simd512, Vector512<float>>(weights, shape),
            SimdWidth.Vector256 => Path<Simd256, Vector256<float>>(weights, shape),
            SimdWidth.Vector128 => Path<Simd128, Vector128<float>>(weights, shape),
            SimdWidth.Scalar => Path<SimdScalar, float>(weights, shape),
            _ => throw new ArgumentOutOfRangeException(nameof(weights), weights.Width, "Not a width."),
        };
    }

    public ConvShape Shape { get; }

    public ConvPackedWeights Weights { get; }

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

    private static ConvPath Path<TSimd, V>(ConvPackedWeights weights, in ConvShape shape)
        where TSimd : ISimd<V>
        where V : unmanaged => weights.Algorithm switch
        {
            ConvAlgorithm.Depthwise when DepthwiseConv<TSimd, V>.Fits(shape) => new DepthwiseConv<TSimd, V>(weights, shape),
            ConvAlgorithm.Direct or ConvAlgorithm.Depthwise => new ConvDirect<TSimd, V>(weights, shape),
            ConvAlgorithm.Winograd2 => new WinogradConv<TSimd, V, WinogradTile2>(weights, shape),
            ConvAlgorithm.Winograd4 => new WinogradConv<TSimd, V, WinogradTile4>(weights, shape),
            _ => throw new ArgumentOutOfRangeException(nameof(weights), weights.Algorithm, "Not an algorithm."),
        };
}
