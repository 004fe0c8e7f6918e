using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Convolutions with one input channel for each group and any number of output channels for it. A strip of a channel is copied and summed up in the first-level
/// cache before the next, four vectors of outputs at a time: of four rows, which share what they read (<see cref="DepthwiseStrand"/>), or of one where there are few.
/// </summary>
internal sealed unsafe class DepthwiseConv<TSimd, V> : ConvPath
    where TSimd : ISimd<V>
    where V : unmanaged
{
    /// <summary>Floats of the copies of a strip: a third of a first-level cache of 48 KiB.</summary>
    private const int StripFloats = 4 * 1024;

    /// <summary>Channels that are copied before they are summed up, so that no load waits for the stores that it lies across.</summary>
    private const int ChannelsAtOnce = 8;

    /// <summary>Vectors that are summed up at once.</summary>
    private const int Sums = 4;

    private readonly ConvShape _shape;
    private readonly ConvPackedWeights _weights;
    private readonly ConvInputLayout _layout;
    private readonly DepthwiseStrand[] _strands;
    private readonly int _atOnce;

    public DepthwiseConv(ConvPackedWeights weights, in ConvShape shape)
    {
        _shape = shape;
        _weights = weights;
        _layout = Layout(shape);
        _strands = DepthwiseStrand.All(shape, _layout, single: IsFlat(shape));
        _atOnce = (int)Math.Clamp(StripFloats / _layout.PlaneStride, 1, ChannelsAtOnce);
    }

    private static int BufferFloats => 4 * StripFloats;

    /// <summary>The shape has groups of one input channel, and a strip of it has room on the stack.</summary>
    public static bool Fits(in ConvShape shape)
    {
        if (shape.InChannelsPerGroup != 1)
            return false;
        ConvInputLayout layout = Layout(shape);
        int behind = IsFlat(shape) ? 0 : Sums * layout.Pitch;
        return Math.Max(layout.PlaneStride, StripFloats) + behind + ((Sums + 1) * TSimd.Count) <= BufferFloats;
    }

    public override long ScratchFloats(int batch) => 0;

    public override void Run(ref ConvCall call) => RunPhase(ref call, 0, call.Batch * _shape.InChannels);

    [SkipLocalsInit]
    protected override void RunItems(in ConvCall call, int first, int end)
    {
        float* copies = stackalloc float[BufferFloats];
        ConvOutput output = new(call, _shape.OutW, null);
        for (int item = first; item < end; item += _atOnce)
        {
            int count = Math.Min(_atOnce, end - item);
            for (int strip = 0; strip < _layout.Strips; strip++)
            {
                for (int i = 0; i < count; i++)
                    _layout.Copy<TSimd, V>(call.Input + ((item + i) * (nint)_shape.Input.Area), strip, copies + (i * _layout.PlaneStride));
                for (int i = 0; i < count; i++)
                    Sum(call, output, item + i, strip, copies + (i * _layout.PlaneStride));
            }
        }
    }

    private static ConvInputLayout Layout(in ConvShape shape) => new(shape, 1, StripFloats, copies: true);

    /// <summary>So few rows that four at once would be idle work.</summary>
    private static bool IsFlat(in ConvShape shape) => shape.OutH < 3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(in ConvCall call, in ConvOutput output, int item, int strip, float* copy)
    {
        int channels = _shape.OutChannelsPerGroup;
        int firstRow = _layout.FirstRow(strip);
        int rows = _layout.FirstRow(strip + 1) - firstRow;
        for (int channel = 0; channel < channels; channel++)
        {
            int outChannel = (item % _shape.InChannels * channels) + channel;
            (nint weights, int stride) = channels == 1 ? ((nint)outChannel * _shape.Depth, 1) : Weights(outChannel - channel, channel);
            nint start = (((((nint)item * channels) + channel) * _shape.OutH) + firstRow) * _shape.OutW;
            V bias = TSimd.Broadcast(_weights.Bias == null ? 0 : _weights.Bias[outChannel]);
            if (IsFlat(_shape))
            {
                for (int row = 0; row < rows; row++)
                    SumRow(copy + (row * _layout.Pitch), _weights.Weights + weights, stride, bias, output, start + (row * _shape.OutW));
            }
            else
            {
                SumRows(copy, _weights.Weights + weights, stride, bias, rows, output, start);
            }

            if (call.Activates)
                output.Activate<TSimd, V>(start, rows * _shape.OutW, 1);
        }
    }

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

    /// <summary>All outputs of a strip, four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRows(float* copy, float* weights, nint stride, V bias, int rows, in ConvOutput output, nint start)
    {
        nint outW = _shape.OutW;
        for (int row = 0; row < rows; row += Sums, copy += (nint)Sums * _layout.Pitch, start += Sums * outW)
        {
            int rest = rows - row;
            for (int column = 0; column < outW; column += TSimd.Count)
            {
                V sum0 = bias, sum1 = bias, sum2 = bias, sum3 = bias;
                AddStrands(copy + column, _layout.Pitch, weights, stride, ref sum0, ref sum1, ref sum2, ref sum3);
                nint position = start + column;
                int left = (int)outW - column;
                output.Store<TSimd, V>(sum0, position, left);
                if (rest > 1)
                    output.Store<TSimd, V>(sum1, position + outW, left);
                if (rest > 2)
                    output.Store<TSimd, V>(sum2, position + (2 * outW), left);
                if (rest > 3)
                    output.Store<TSimd, V>(sum3, position + (3 * outW), left);
            }
        }
    }

    /// <summary>All outputs of a row, four vectors at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRow(float* copy, float* weights, nint stride, V bias, in ConvOutput output, nint start)
    {
        int outW = _shape.OutW;
        for (int column = 0; column < outW; column += Sums * TSimd.Count)
        {
            V sum0 = bias, sum1 = bias, sum2 = bias, sum3 = bias;
            AddStrands(copy + column, TSimd.Count, weights, stride, ref sum0, ref sum1, ref sum2, ref sum3);
            nint position = start + column;
            int left = outW - column;
            output.Store<TSimd, V>(sum0, position, left);
            if (left > TSimd.Count)
                output.Store<TSimd, V>(sum1, position + TSimd.Count, left - TSimd.Count);
            if (left > 2 * TSimd.Count)
                output.Store<TSimd, V>(sum2, position + (2 * TSimd.Count), left - (2 * TSimd.Count));
            if (left > 3 * TSimd.Count)
                output.Store<TSimd, V>(sum3, position + (3 * TSimd.Count), left - (3 * TSimd.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddStrands(float* pixels, nint pitch, float* weights, nint stride, ref V sum0, ref V sum1, ref V sum2, ref V sum3)
    {
        foreach (ref readonly DepthwiseStrand strand in _strands.AsSpan())
        {
            float* weight = weights + (strand.Weight * stride);
            if (strand.Taps == 3)
                DepthwiseTaps.AddThree<TSimd, V>(pixels + strand.Offset, pitch, weight, strand.WeightStep * stride, ref sum0, ref sum1, ref sum2, ref sum3);
            else if (strand.Taps == 2)
                DepthwiseTaps.AddTwo<TSimd, V>(pixels + strand.Offset, pitch, weight, strand.WeightStep * stride, ref sum0, ref sum1, ref sum2, ref sum3);
            else
                DepthwiseTaps.AddOne<TSimd, V>(pixels + strand.Offset, pitch, *weight, ref sum0, ref sum1, ref sum2, ref sum3);
        }
    }
}
