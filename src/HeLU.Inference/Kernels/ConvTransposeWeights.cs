using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// A transposed convolution's weights, in the order in which each phase's tiles read them: for each phase and group what
/// <see cref="ConvMicroKernel.PackRows"/> makes of [OutChannels/Groups, taps]. They do not depend on the input's size.
/// </summary>
internal sealed unsafe class ConvTransposeWeights
{
    private readonly AlignedBuffer _weights;
    private readonly AlignedBuffer? _bias;
    private readonly long[] _starts;
    private readonly ConvTransposeShape _layer;

    /// <summary>Packs.</summary>
    /// <param name="weight">[InChannels, OutChannels/Groups, Kernel.H, Kernel.W].</param>
    /// <param name="bias">[OutChannels], or empty for none.</param>
    /// <param name="shape">The convolution; its input's size does not matter.</param>
    /// <param name="width">The width of the vectors.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public ConvTransposeWeights(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, in ConvTransposeShape shape, SimdWidth width)
    {
        long length = shape.InChannels * (long)shape.OutChannelsPerGroup * shape.Kernel.Area;
        if (weight.Length != length)
            throw new ArgumentException($"{shape} has {length} weights, not {weight.Length}.", nameof(weight));
        if (!bias.IsEmpty && bias.Length != shape.OutChannels)
            throw new ArgumentException($"{shape} has {shape.OutChannels} biases, not {bias.Length}.", nameof(bias));
        _layer = Layer(shape);
        Width = width;
        Rows = ConvTransposePhase.All(shape.Kernel.H, shape.Stride.H, shape.Padding.H, shape.Dilation.H);
        Columns = ConvTransposePhase.All(shape.Kernel.W, shape.Stride.W, shape.Padding.W, shape.Dilation.W);
        if (!bias.IsEmpty)
        {
            _bias = new AlignedBuffer(bias.Length);
            bias.CopyTo(_bias.Span);
        }

        _weights = new AlignedBuffer(weight.Length);
        _starts = new long[Rows.Length * Columns.Length];
        int start = 0;
        for (int phase = 0; phase < _starts.Length; phase++)
        {
            _starts[phase] = start;
            for (int group = 0; group < shape.Groups; group++)
            {
                float[] taps = Taps(weight, shape, group, Rows[phase / Columns.Length], Columns[phase % Columns.Length]);
                ConvMicroKernel.PackRows(taps, shape.OutChannelsPerGroup, taps.Length / shape.OutChannelsPerGroup, _weights.Span.Slice(start, taps.Length), width);
                start += taps.Length;
            }
        }
    }

    public SimdWidth Width { get; }

    /// <summary>The phases along the height.</summary>
    public ConvTransposePhase[] Rows { get; }

    /// <summary>The phases along the width.</summary>
    public ConvTransposePhase[] Columns { get; }

    /// <summary>Null for none.</summary>
    public float* Bias => _bias == null ? null : _bias.Pointer;

    /// <summary>They are those of such a convolution.</summary>
    public bool Fit(in ConvTransposeShape shape) => _layer == Layer(shape);

    /// <summary>The weights of a phase.</summary>
    public float* Weights(int phase) => _weights.Pointer + _starts[phase];

    private static ConvTransposeShape Layer(in ConvTransposeShape shape) => shape with { Input = Size2d.Square(1), OutputPadding = Size2d.Square(0) };

    /// <summary>[OutChannels/Groups, InChannels/Groups, row taps, column taps].</summary>
    private static float[] Taps(ReadOnlySpan<float> weight, in ConvTransposeShape shape, int group, ConvTransposePhase rows, ConvTransposePhase columns)
    {
        int channels = shape.OutChannelsPerGroup;
        float[] taps = new float[channels * shape.InChannelsPerGroup * rows.Taps.Length * columns.Taps.Length];
        int index = 0;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int source = group * shape.InChannelsPerGroup; source < (group + 1) * shape.InChannelsPerGroup; source++)
            {
                foreach ((int row, _) in rows.Taps)
                {
                    foreach ((int column, _) in columns.Taps)
                        taps[index++] = weight[(((((source * channels) + channel) * shape.Kernel.H) + row) * shape.Kernel.W) + column];
                }
            }
        }

        return taps;
    }
}
