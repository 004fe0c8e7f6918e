using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// The direct algorithm for several small images at once: tiles run across rows and images, so that no lane is idle, and what a tile's taps see is gathered into a
/// panel [Depth, columns] before the weights pass over it.
/// </summary>
internal sealed unsafe class ConvGathered<TSimd, V> : ConvPath
    where TSimd : ISimd<V>
    where V : unmanaged
{
    /// <summary>Output channels that a gathered pixel must serve to be worth the gathering.</summary>
    private const int FewestChannels = 32;

    /// <summary>Pixels gathered before the weights pass over them.</summary>
    private const int PixelsAtOnce = 384;

    /// <summary>Floats of panels in one block: half of a 1 MiB L2 cache. Tiles of a block share each pass of the weights.</summary>
    private const int BlockFloats = 128 * 1024;

    private const int CopyPhase = 0;
    private const int GatherPhase = 1;
    private const int ComputePhase = 2;

    private readonly ConvShape _shape;
    private readonly ConvInputLayout _layout;
    private readonly ConvPackedWeights _weights;
    private readonly nint* _offsets;

    public ConvGathered(ConvPackedWeights weights, in ConvShape shape, ConvInputLayout layout)
    {
        _shape = shape;
        _weights = weights;
        _layout = layout;
        fixed (nint* offsets = layout.Offsets)
            _offsets = offsets;
    }

    private int OutPixels => _shape.OutH * _shape.OutW;

    private long ImageStride => _shape.InChannels * _layout.PlaneStride;

    /// <summary>Neighbouring pixels lie side by side this long: a row's, or an image's where no position is garbage.</summary>
    private int RowPixels => _layout.Pitch == _shape.OutW ? OutPixels : _shape.OutW;

    /// <summary>It takes less time than tiles of each image by itself, of <paramref name="imageCost"/> vectors.</summary>
    public bool Pays(int batch, double imageCost)
    {
        // What gathering a vector takes, in products with one output channel.
        const double gathering = 6;
        // Each image by itself would have all weights pass; they come from beyond the L2 cache if they are more than this.
        const int weightsAtHand = 128 * 1024;
        int images = ImagesAtOnce(batch);
        if (images > 1 && (long)_shape.OutChannelsPerGroup * _shape.Depth > weightsAtHand)
            imageCost *= 1.15;
        double cost = Columns(images).Cost * (1.05 + (gathering / _shape.OutChannelsPerGroup));
        return _layout.Strips == 1 && _shape.OutChannelsPerGroup >= FewestChannels && cost < images * imageCost;
    }

    public override long ScratchFloats(int batch)
    {
        int images = ImagesAtOnce(batch);
        return CopyFloats(images) + PanelStart(Columns(images), Columns(images).Tiles) + TSimd.Count;
    }

    public override void Run(ref ConvCall call)
    {
        int atOnce = ImagesAtOnce(call.Batch);
        call.Strip = 0;
        for (call.First = 0; call.First < call.Batch; call.First += atOnce)
        {
            call.Count = Math.Min(atOnce, call.Batch - call.First);
            if (!_layout.InPlace)
                RunPhase(ref call, CopyPhase, call.Count * _shape.InChannels);
            int tiles = Columns(call.Count).Tiles;
            int blocks = Blocks(call.Count);
            call.ChannelPieces = ConvTiling.ChannelPieces(blocks, call.Threads, _shape.OutChannelsPerGroup);
            for (call.Group = 0; call.Group < _shape.Groups; call.Group++)
            {
                RunPhase(ref call, GatherPhase, tiles);
                RunPhase(ref call, ComputePhase, blocks * call.ChannelPieces);
            }
        }
    }

    protected override void RunItems(in ConvCall call, int first, int end)
    {
        for (int item = first; item < end; item++)
        {
            switch (call.Phase)
            {
                case CopyPhase:
                    float* plane = call.Input + ((((nint)call.First * _shape.InChannels) + item) * (nint)_shape.Input.Area);
                    _layout.Copy<TSimd, V>(plane, 0, call.Scratch + (item * _layout.PlaneStride));
                    break;
                case GatherPhase:
                    Gather(call, item);
                    break;
                default:
                    Compute(call, item / call.ChannelPieces, item % call.ChannelPieces);
                    break;
            }
        }
    }

    private int ImagesAtOnce(int batch) => Math.Min(batch, (PixelsAtOnce + OutPixels - 1) / OutPixels);

    private ConvSplit Columns(int images) => new(images * OutPixels, TSimd.Count);

    private int Blocks(int images)
    {
        long floats = (long)images * OutPixels * _shape.Depth;
        return (int)Math.Clamp((floats + BlockFloats - 1) / BlockFloats, 1, Columns(images).Tiles);
    }

    /// <summary>Floats of the images' copies, the last of which is read beyond its end.</summary>
    private long CopyFloats(int images) => _layout.InPlace ? 0 : (images * ImageStride) + TSimd.Count;

    /// <summary>Where the panel of a tile begins behind the copies, or behind the last panel; each is written beyond its end.</summary>
    private nint PanelStart(ConvSplit columns, int tile)
    {
        int start = tile < columns.Tiles ? columns.Start(tile) : columns.Start(tile - 1) + columns.Width(tile - 1);
        return ((nint)start * _shape.Depth) + (tile * TSimd.Count);
    }

    private float* Panel(in ConvCall call, int tile) =>
        call.Scratch + CopyFloats(ImagesAtOnce(call.Batch)) + PanelStart(Columns(call.Count), tile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Gather(in ConvCall call, int tile)
    {
        float* end = call.Input + _shape.InputFloats(call.Batch);
        float* input = _layout.InPlace ? call.Input + (call.First * ImageStride) : call.Scratch;
        input += call.Group * _shape.InChannelsPerGroup * _layout.PlaneStride;
        ConvRun* runs = stackalloc ConvRun[ConvMicroKernel.Columns * TSimd.Count];
        int count = Runs(tile, call.Count, RowPixels, runs);
        int width = Columns(call.Count).Width(tile);
        for (int run = 0; run < count; run++)
        {
            (int image, int pixel) = Math.DivRem((int)runs[run].Output, OutPixels);
            (int row, int column) = Math.DivRem(pixel, _shape.OutW);
            runs[run] = runs[run] with { Output = (nint)(image * ImageStride) + ((nint)row * _layout.Pitch) + column };
        }

        float* panel = Panel(call, tile);
        for (int k = 0; k < _shape.Depth; k++, panel += width)
        {
            for (int run = 0; run < count; run++)
                CopyRun(input + _offsets[k] + runs[run].Output, panel + runs[run].Tile, runs[run].Length, _layout.InPlace ? end : null);
        }
    }

    /// <summary>Copies whole vectors, but none beyond <paramref name="end"/>; what is too much is written over by the next run or the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRun(float* source, float* destination, int length, float* end)
    {
        for (int i = 0; i < length; i += TSimd.Count)
        {
            if (end == null || source + i + TSimd.Count <= end)
                TSimd.Store(TSimd.Load(source + i), destination + i);
            else
                TSimd.StorePartial(TSimd.LoadPartial(source + i, length - i), destination + i, length - i);
        }
    }

    /// <summary>A tile's pixels, numbered through all images, in runs that do not cross multiples of <paramref name="period"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Runs(int tile, int images, int period, ConvRun* runs)
    {
        int start = Columns(images).Start(tile);
        int end = Math.Min(start + Columns(images).Width(tile), images * OutPixels);
        int count = 0;
        for (int pixel = start; pixel < end;)
        {
            int length = Math.Min(period - (pixel % period), end - pixel);
            runs[count++] = new(pixel - start, pixel, length);
            pixel += length;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void Compute(in ConvCall call, int block, int piece)
    {
        int images = call.Count;
        int channels = _shape.OutChannelsPerGroup;
        int firstChannel = call.Group * channels;
        int endChannel = ConvTiling.PieceStart(piece + 1, call.ChannelPieces, channels);
        ConvSplit columns = Columns(images);
        int firstTile = (int)((long)columns.Tiles * block / Blocks(images));
        int endTile = (int)((long)columns.Tiles * (block + 1) / Blocks(images));
        float* buffer = stackalloc float[8 * ConvMicroKernel.Columns * TSimd.Count];
        ConvRun* runs = stackalloc ConvRun[ConvMicroKernel.Columns * TSimd.Count];
        ConvOutput output = new(call, OutPixels, buffer);
        ConvTile tile = new() { Depth = _shape.Depth };
        for (int channel = ConvTiling.PieceStart(piece, call.ChannelPieces, channels); channel < endChannel;)
        {
            int rows = ConvMicroKernel.Rows(channels - channel, _weights.Width);
            tile.Weights = _weights.Weights + (((nint)firstChannel + channel) * _shape.Depth);
            tile.Bias = _weights.Bias == null ? null : _weights.Bias + firstChannel + channel;
            for (int index = firstTile; index < endTile; index++)
            {
                tile.Input = Panel(call, index);
                tile.InputStride = columns.Width(index);
                int count = Runs(index, images, OutPixels, runs);
                for (int run = 0; run < count; run++)
                {
                    (int image, int pixel) = Math.DivRem((int)runs[run].Output, OutPixels);
                    nint plane = (((nint)call.First + image) * _shape.OutChannels) + firstChannel + channel;
                    runs[run] = runs[run] with { Output = (plane * OutPixels) + pixel };
                }

                output.Run<TSimd, V>(&tile, rows, columns.Vectors(index), runs, count);
                for (int run = 0; call.Activates && run < count; run++)
                    output.Activate<TSimd, V>(runs[run].Output, runs[run].Length, rows);
            }

            channel += rows;
        }
    }
}
