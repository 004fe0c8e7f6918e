using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Convolution as a product of the weights [OutChannels/Groups, Depth] and what the taps see [Depth, pixels], which is never written out: each tap's
/// pixels are read where <see cref="ConvInputLayout"/> has them.
/// </summary>
internal sealed unsafe class ConvDirect<TSimd, V> : ConvPath
    where TSimd : ISimd<V>
    where V : unmanaged
{
    private const int CopyPhase = 0;
    private const int ComputePhase = 1;

    private readonly ConvShape _shape;
    private readonly ConvInputLayout _layout;
    private readonly ConvTiling _tiling;
    private readonly ConvPackedWeights _weights;
    private readonly nint* _offsets;

    public ConvDirect(ConvPackedWeights weights, in ConvShape shape)
    {
        _shape = shape;
        _weights = weights;
        _layout = new ConvInputLayout(shape);
        _tiling = new ConvTiling(shape, _layout, TSimd.Count);
        fixed (nint* offsets = _layout.Offsets)
            _offsets = offsets;
    }

    private int OutPixels => _shape.OutH * _shape.OutW;

    private long CopyFloats => _layout.InPlace ? 0 : _shape.InChannels * _layout.PlaneStride;

    private long ImageStride => _shape.InChannels * _layout.PlaneStride;

    public override long ScratchFloats(int batch) =>
        _layout.InPlace ? (long)_shape.Depth * ConvMicroKernel.Columns * TSimd.Count : (ImagesAtOnce(batch) * CopyFloats) + (ConvMicroKernel.Columns * TSimd.Count);

    public override void Run(ref ConvCall call)
    {
        int atOnce = ImagesAtOnce(call.Batch);
        for (int first = 0; first < call.Batch; first += atOnce)
        {
            call.First = first;
            call.Count = Math.Min(atOnce, call.Batch - first);
            if (!_layout.InPlace)
                RunPhase(ref call, CopyPhase, call.Count * _shape.InChannels);
            else
                CopyLastTile(call);
            int items = call.Count * _shape.Groups * _tiling.Blocks;
            call.ChannelPieces = ConvTiling.ChannelPieces(items, call.Threads, _shape.OutChannelsPerGroup);
            RunPhase(ref call, ComputePhase, items * call.ChannelPieces);
        }
    }

    protected override void RunItems(in ConvCall call, int first, int end)
    {
        for (int item = first; item < end; item++)
        {
            if (call.Phase == CopyPhase)
            {
                float* plane = call.Input + (((long)call.First * _shape.InChannels) + item) * _shape.Input.Area;
                _layout.Copy<TSimd, V>(plane, call.Scratch + (item * _layout.PlaneStride));
            }
            else
            {
                (int rest, int piece) = Math.DivRem(item, call.ChannelPieces);
                (rest, int block) = Math.DivRem(rest, _tiling.Blocks);
                (int image, int group) = Math.DivRem(rest, _shape.Groups);
                Compute(call, image, group, block, piece);
            }
        }
    }

    /// <summary>The images that are copied before the weights pass over them.</summary>
    private int ImagesAtOnce(int batch) =>
        _layout.InPlace ? batch : (int)Math.Clamp(ConvTiling.BlockFloats / CopyFloats, 1, batch);

    /// <summary>Whole vectors of the last image's last tile would end behind the input: it is read from a copy.</summary>
    private void CopyLastTile(in ConvCall call)
    {
        int tile = _tiling.Tiles - 1;
        int position = _tiling.Position(tile);
        int columns = _tiling.Columns(tile) * TSimd.Count;
        float* pixels = call.Input + ((call.Batch - 1) * ImageStride) + ((_shape.Groups - 1) * _shape.InChannelsPerGroup * _layout.PlaneStride) + position;
        for (int k = 0; k < _shape.Depth; k++)
            ConvStrided.Gather<TSimd, V>(pixels + _offsets[k], 1, call.Scratch + ((nint)k * columns), Math.Min(columns, _layout.Positions - position));
    }

    /// <summary>Some of a group's output channels in a block of an image's tiles.</summary>
    [SkipLocalsInit]
    private void Compute(in ConvCall call, int image, int group, int block, int piece)
    {
        int channels = _shape.OutChannelsPerGroup;
        int firstChannel = ConvTiling.PieceStart(piece, call.ChannelPieces, channels);
        int endChannel = ConvTiling.PieceStart(piece + 1, call.ChannelPieces, channels);
        (int firstTile, int endTile) = _tiling.Block(block);
        float* input = (_layout.InPlace ? call.Input : call.Scratch) + (image * ImageStride) + (group * _shape.InChannelsPerGroup * _layout.PlaneStride);
        bool last = _layout.InPlace && call.First + image == call.Batch - 1 && group == _shape.Groups - 1;
        nint plane = ((((nint)call.First + image) * _shape.OutChannels) + (group * channels)) * OutPixels;
        float* buffer = stackalloc float[8 * ConvMicroKernel.Columns * TSimd.Count];
        ConvTile tile = new() { Depth = _shape.Depth };
        ConvOutput output = new(call, OutPixels, buffer);
        ConvRun* runs = stackalloc ConvRun[ConvMicroKernel.Columns * TSimd.Count];
        for (int channel = firstChannel; channel < endChannel;)
        {
            int rows = ConvMicroKernel.Rows(channels - channel, _weights.Width);
            tile.Weights = _weights.Weights + (((nint)(group * channels) + channel) * _shape.Depth);
            tile.Bias = _weights.Bias == null ? null : _weights.Bias + (group * channels) + channel;
            nint channelPlane = plane + ((nint)channel * OutPixels);
            for (int index = firstTile; index < endTile; index++)
            {
                int columns = _tiling.Columns(index);
                bool copied = last && index == _tiling.Tiles - 1;
                tile.Input = copied ? call.Scratch : input + _tiling.Position(index);
                tile.Offsets = copied ? null : _offsets;
                tile.InputStride = columns * TSimd.Count;
                int count = _tiling.Runs(index, channelPlane, runs);
                output.Run<TSimd, V>(&tile, rows, columns, runs, count);
            }

            if (call.Activates)
                output.Activate<TSimd, V>(channelPlane + _tiling.OutputStart(firstTile), _tiling.OutputStart(endTile) - _tiling.OutputStart(firstTile), rows);
            channel += rows;
        }
    }
}
