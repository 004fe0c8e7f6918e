using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Convolution as a product of the weights [OutChannels/Groups, Depth] and what the taps see [Depth, pixels], which is never written out: each tap's
/// pixels are read where <see cref="ConvInputLayout"/> has them. Tiles do not reach from one image into the next.
/// </summary>
internal sealed unsafe class ConvDirect<TSimd, V> : ConvPath
    where TSimd : ISimd<V>
    where V : unmanaged
{
    /// <summary>Floats of input in a strip: a quarter of a 1 MiB L2 cache, beside which the weights and the outputs pass.</summary>
    private const int StripFloats = 64 * 1024;

    private const int CopyPhase = 0;
    private const int ComputePhase = 1;

    private readonly ConvShape _shape;
    private readonly ConvInputLayout _layout;
    private readonly ConvTiling _tiling;
    private readonly ConvPackedWeights _weights;
    private readonly ConvGathered<TSimd, V> _gathered;
    private readonly nint* _offsets;

    public ConvDirect(ConvPackedWeights weights, in ConvShape shape)
    {
        _shape = shape;
        _weights = weights;
        _layout = new ConvInputLayout(shape, shape.InChannels, StripFloats, copies: false);
        _tiling = new ConvTiling(shape, _layout, TSimd.Count);
        _gathered = new ConvGathered<TSimd, V>(weights, shape, _layout);
        fixed (nint* offsets = _layout.Offsets)
            _offsets = offsets;
    }

    private int OutPixels => _shape.OutH * _shape.OutW;

    private long ImageStride => _shape.InChannels * _layout.PlaneStride;

    public override long ScratchFloats(int batch)
    {
        if (Gathers(batch))
            return _gathered.ScratchFloats(batch);
        long tile = ConvMicroKernel.Columns * TSimd.Count;
        return _layout.InPlace ? _shape.Depth * tile : (ImagesAtOnce(batch) * ImageStride) + tile;
    }

    public override void Run(ref ConvCall call)
    {
        if (Gathers(call.Batch))
        {
            _gathered.Run(ref call);
            return;
        }

        int atOnce = ImagesAtOnce(call.Batch);
        call.ChannelPieces = ConvTiling.ChannelPieces(Math.Min(atOnce, call.Batch) * _shape.Groups, call.Threads, _shape.OutChannelsPerGroup);
        if (_layout.InPlace)
            CopyLastTile(call);
        for (call.First = 0; call.First < call.Batch; call.First += atOnce)
        {
            call.Count = Math.Min(atOnce, call.Batch - call.First);
            for (call.Strip = 0; call.Strip < _layout.Strips; call.Strip++)
            {
                if (!_layout.InPlace)
                    RunPhase(ref call, CopyPhase, call.Count * _shape.InChannels);
                RunPhase(ref call, ComputePhase, call.Count * _shape.Groups * call.ChannelPieces);
            }
        }
    }

    protected override void RunItems(in ConvCall call, int first, int end)
    {
        for (int item = first; item < end; item++)
        {
            if (call.Phase == CopyPhase)
            {
                float* plane = call.Input + ((((nint)call.First * _shape.InChannels) + item) * (nint)_shape.Input.Area);
                _layout.Copy<TSimd, V>(plane, call.Strip, call.Scratch + (item * _layout.PlaneStride));
            }
            else
            {
                (int rest, int piece) = Math.DivRem(item, call.ChannelPieces);
                (int image, int group) = Math.DivRem(rest, _shape.Groups);
                Compute(call, image, group, piece);
            }
        }
    }

    private bool Gathers(int batch) => _gathered.Pays(batch, _tiling.Cost * _layout.Strips);

    /// <summary>The images that are copied before the weights pass over them: several only where they are small.</summary>
    private int ImagesAtOnce(int batch) => _layout.Strips > 1 ? 1 : (int)Math.Clamp(StripFloats / ImageStride, 1, batch);

    /// <summary>Whole vectors of the last image's last tile would end behind the input: it is read from a copy.</summary>
    private void CopyLastTile(in ConvCall call)
    {
        int tile = LastTile(_layout.Strips - 1);
        int columns = _tiling.Width(tile);
        int position = _tiling.Position(tile) + (_layout.FirstRow(_layout.Strips - 1) * _layout.Pitch);
        int count = Math.Min(columns, ((_shape.OutH - 1) * _layout.Pitch) + _shape.OutW - position);
        float* pixels = call.Input + ((call.Batch - 1) * ImageStride) + ((_shape.Groups - 1) * _shape.InChannelsPerGroup * _layout.PlaneStride) + position;
        for (int k = 0; k < _shape.Depth; k++)
            ConvStrided.Gather<TSimd, V>(pixels + _offsets[k], 1, call.Scratch + ((nint)k * columns), count);
    }

    /// <summary>The last tile of a strip that has pixels.</summary>
    [SkipLocalsInit]
    private int LastTile(int strip)
    {
        ConvRun* runs = stackalloc ConvRun[ConvMicroKernel.Columns * TSimd.Count];
        int tile = _tiling.Tiles - 1;
        while (_tiling.Runs(tile, StripRows(strip), 0, runs) == 0)
            tile--;
        return tile;
    }

    private int StripRows(int strip) => _layout.FirstRow(strip + 1) - _layout.FirstRow(strip);

    /// <summary>Some of a group's output channels in a strip of an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Compute(in ConvCall call, int image, int group, int piece)
    {
        int channels = _shape.OutChannelsPerGroup;
        int endChannel = ConvTiling.PieceStart(piece + 1, call.ChannelPieces, channels);
        int firstRow = _layout.FirstRow(call.Strip);
        int stripRows = StripRows(call.Strip);
        float* input = (_layout.InPlace ? call.Input + ((nint)firstRow * _layout.Pitch) + (call.First * ImageStride) : call.Scratch)
            + (image * ImageStride) + (group * _shape.InChannelsPerGroup * _layout.PlaneStride);
        int copiedTile = _layout.InPlace && call.First + image == call.Batch - 1 && group == _shape.Groups - 1 && call.Strip == _layout.Strips - 1
            ? LastTile(call.Strip) : -1;
        nint strip = ((((((nint)call.First + image) * _shape.OutChannels) + (group * channels)) * _shape.OutH) + firstRow) * _shape.OutW;
        float* buffer = stackalloc float[8 * ConvMicroKernel.Columns * TSimd.Count];
        ConvRun* runs = stackalloc ConvRun[ConvMicroKernel.Columns * TSimd.Count];
        ConvOutput output = new(call, OutPixels, buffer);
        ConvTile tile = new() { Depth = _shape.Depth };
        for (int channel = ConvTiling.PieceStart(piece, call.ChannelPieces, channels); channel < endChannel;)
        {
            int rows = ConvMicroKernel.Rows(channels - channel, _weights.Width);
            tile.Weights = _weights.Weights + (((nint)(group * channels) + channel) * _shape.Depth);
            tile.Bias = _weights.Bias == null ? null : _weights.Bias + (group * channels) + channel;
            nint channelStrip = strip + ((nint)channel * OutPixels);
            for (int index = 0; index < _tiling.Tiles; index++)
            {
                int columns = _tiling.Columns(index);
                tile.Input = index == copiedTile ? call.Scratch : input + _tiling.Position(index);
                tile.Offsets = index == copiedTile ? null : _offsets;
                tile.InputStride = _tiling.Width(index);
                int count = _tiling.Runs(index, stripRows, channelStrip, runs);
                if (count > 0)
                    output.Run<TSimd, V>(&tile, rows, columns, runs, count);
            }

            if (call.Activates)
                output.Activate<TSimd, V>(channelStrip, stripRows * _shape.OutW, rows);
            channel += rows;
        }
    }
}
