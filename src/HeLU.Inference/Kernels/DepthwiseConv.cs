using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Convolutions with one input channel for each group and any number of output channels for it. A strip of a channel is copied and summed up in the first-level
/// cache, before the next.
/// </summary>
internal sealed unsafe class DepthwiseConv<TSimd, V> : ConvPath
    where TSimd : ISimd<V>
    where V : unmanaged
{
    /// <summary>Floats of a strip's copy, and of its sums: each a third of a first-level cache of 48 KiB.</summary>
    private const int StripFloats = 4 * 1024;

    /// <summary>Vectors that are summed up at once: enough that a multiply-add is done when the next one needs its sum.</summary>
    private const int Columns = 4;

    private readonly ConvShape _shape;
    private readonly ConvPackedWeights _weights;
    private readonly ConvInputLayout _layout;
    private readonly nint* _offsets;

    public DepthwiseConv(ConvPackedWeights weights, in ConvShape shape)
    {
        _shape = shape;
        _weights = weights;
        _layout = Layout(shape);
        fixed (nint* offsets = _layout.Offsets)
            _offsets = offsets;
    }

    private static int Slack => Columns * TSimd.Count;

    /// <summary>The shape has groups of one input channel, and a strip of it has room on the stack.</summary>
    public static bool Fits(in ConvShape shape) => shape.InChannelsPerGroup == 1 && Layout(shape).PlaneStride <= 2 * StripFloats;

    public override long ScratchFloats(int batch) => 0;

    public override void Run(ref ConvCall call) => RunPhase(ref call, 0, call.Batch * _shape.InChannels);

    [SkipLocalsInit]
    protected override void RunItems(in ConvCall call, int first, int end)
    {
        float* copy = stackalloc float[(2 * StripFloats) + Slack];
        float* sums = stackalloc float[(2 * StripFloats) + Slack];
        int channels = _shape.OutChannelsPerGroup;
        int outW = _shape.OutW;
        ConvOutput output = new(call, outW, null);
        for (int item = first; item < end; item++)
        {
            int firstChannel = item % _shape.InChannels * channels;
            for (int strip = 0; strip < _layout.Strips; strip++)
            {
                int firstRow = _layout.FirstRow(strip);
                int rows = _layout.FirstRow(strip + 1) - firstRow;
                int positions = ((rows - 1) * _layout.Pitch) + outW;
                _layout.Copy<TSimd, V>(call.Input + (item * (nint)_shape.Input.Area), strip, copy);
                for (int channel = 0; channel < channels; channel++)
                {
                    (nint weights, int stride) = Weights(firstChannel, channel);
                    SumTaps(copy, _weights.Weights + weights, stride, _weights.Bias == null ? 0 : _weights.Bias[firstChannel + channel], positions, sums);
                    nint start = (((((nint)item * channels) + channel) * _shape.OutH) + firstRow) * outW;
                    output.Store<TSimd, V>(sums, _layout.Pitch, start, rows, outW);
                    if (call.Activates)
                        output.Activate<TSimd, V>(start, rows * outW, 1);
                }
            }
        }
    }

    private static ConvInputLayout Layout(in ConvShape shape) => new(shape, 1, StripFloats, copies: true);

    /// <summary>Where an output channel's weights begin and the floats from one to the next, as <see cref="ConvMicroKernel.PackRows"/> has them.</summary>
    private (nint Start, int Stride) Weights(int firstChannel, int channel)
    {
        int channels = _shape.OutChannelsPerGroup;
        int row = 0;
        int rows = ConvMicroKernel.Rows(channels, _weights.Width);
        for (; row + rows <= channel; rows = ConvMicroKernel.Rows(channels - row, _weights.Width))
            row += rows;
        return (((nint)(firstChannel + row) * _shape.Depth) + (channel - row), rows);
    }

    /// <summary>sums[p] = bias + Σ weights[k·stride]·copy[offsets[k] + p] over the taps k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumTaps(float* copy, float* weights, int stride, float bias, int positions, float* sums)
    {
        int depth = _shape.Depth;
        for (int position = 0; position < positions; position += Columns * TSimd.Count)
        {
            V sum0 = TSimd.Broadcast(bias);
            V sum1 = sum0;
            V sum2 = sum0;
            V sum3 = sum0;
            float* weight = weights;
            for (int k = 0; k < depth; k++, weight += stride)
            {
                V all = TSimd.Broadcast(*weight);
                float* pixels = copy + position + _offsets[k];
                sum0 = TSimd.MultiplyAdd(all, TSimd.Load(pixels), sum0);
                sum1 = TSimd.MultiplyAdd(all, TSimd.Load(pixels + TSimd.Count), sum1);
                sum2 = TSimd.MultiplyAdd(all, TSimd.Load(pixels + (2 * TSimd.Count)), sum2);
                sum3 = TSimd.MultiplyAdd(all, TSimd.Load(pixels + (3 * TSimd.Count)), sum3);
            }

            TSimd.Store(sum0, sums + position);
            TSimd.Store(sum1, sums + position + TSimd.Count);
            TSimd.Store(sum2, sums + position + (2 * TSimd.Count));
            TSimd.Store(sum3, sums + position + (3 * TSimd.Count));
        }
    }
}
