using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// A convolution's weights in the order in which an algorithm reads them. They do not depend on the input's size, so kernels for several sizes can share them.
/// </summary>
internal sealed unsafe class ConvPackedWeights
{
    private readonly AlignedBuffer _weights;
    private readonly AlignedBuffer? _bias;
    private readonly (int InChannels, int OutChannels, int Groups, Size2d Kernel) _layer;

    /// <summary>Packs.</summary>
    /// <param name="weight">[OutChannels, InChannels/Groups, Kernel.H, Kernel.W].</param>
    /// <param name="bias">[OutChannels], or empty for none.</param>
    /// <param name="shape">The convolution; its input's size, stride, padding and dilation do not matter.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="width">The width of its vectors.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape, or the algorithm does not.</exception>
    public ConvPackedWeights(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, in ConvShape shape, ConvAlgorithm algorithm, SimdWidth width)
    {
        if (weight.Length != (long)shape.OutChannels * shape.Depth)
            throw new ArgumentException($"{shape} has {(long)shape.OutChannels * shape.Depth} weights, not {weight.Length}.", nameof(weight));
        if (!bias.IsEmpty && bias.Length != shape.OutChannels)
            throw new ArgumentException($"{shape} has {shape.OutChannels} biases, not {bias.Length}.", nameof(bias));
        if (algorithm is ConvAlgorithm.Winograd2 or ConvAlgorithm.Winograd4 && (shape.Kernel != Size2d.Square(3) || shape.Groups != 1))
            throw new ArgumentException($"{algorithm} is for 3x3 kernels and one group, not for {shape}.", nameof(algorithm));
        _layer = Layer(shape);
        Algorithm = algorithm;
        Width = width;
        if (!bias.IsEmpty)
        {
            _bias = new AlignedBuffer(bias.Length);
            bias.CopyTo(_bias.Span);
        }

        _weights = algorithm switch
        {
            ConvAlgorithm.Direct or ConvAlgorithm.Depthwise => PackDirect(weight, shape, width),
            ConvAlgorithm.Winograd2 => WinogradWeights.Pack<WinogradTile2>(weight, shape.OutChannels, shape.InChannels, width),
            ConvAlgorithm.Winograd4 => WinogradWeights.Pack<WinogradTile4>(weight, shape.OutChannels, shape.InChannels, width),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not an algorithm."),
        };
    }

    public ConvAlgorithm Algorithm { get; }

    public SimdWidth Width { get; }

    public float* Weights => _weights.Pointer;

    /// <summary>Null for none.</summary>
    public float* Bias => _bias == null ? null : _bias.Pointer;

    /// <summary>They are those of such a convolution.</summary>
    public bool Fit(in ConvShape shape) => _layer == Layer(shape);

    private static (int InChannels, int OutChannels, int Groups, Size2d Kernel) Layer(in ConvShape shape) =>
        (shape.InChannels, shape.OutChannels, shape.Groups, shape.Kernel);

    /// <summary>For each group and each tile's rows: [Depth, rows].</summary>
    private static AlignedBuffer PackDirect(ReadOnlySpan<float> weight, in ConvShape shape, SimdWidth width)
    {
        AlignedBuffer packed = new(weight.Length);
        int perGroup = shape.OutChannelsPerGroup * shape.Depth;
        for (int group = 0; group < shape.Groups; group++)
            ConvMicroKernel.PackRows(weight.Slice(group * perGroup, perGroup), shape.OutChannelsPerGroup, shape.Depth, packed.Span.Slice(group * perGroup, perGroup), width);
        return packed;
    }
}
