using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Transposed convolution without overlapping sums: the outputs whose indices have the same remainders by the strides see the same taps, and are a convolution of
/// stride 1 over the input (<see cref="ConvTransposePhase"/>), computed tile by tile as <see cref="ConvDirect{TSimd, V}"/> does.
/// </summary>
internal sealed unsafe class ConvTransposePath<TSimd, V> : ConvPath
    where TSimd : ISimd<V>
    where V : unmanaged
{
    /// <summary>Floats of input in a strip: a quarter of a 1 MiB L2 cache.</summary>
    private const int StripFloats = 64 * 1024;

    private const int CopyPhase = 0;
    private const int ComputePhase = 1;

    private readonly ConvTransposeShape _shape;
    private readonly ConvTransposeWeights _weights;
    private readonly ConvInputLayout _layout;
    private readonly ConvTiling _tiling;
    private readonly int _gridW;
    private readonly nint[][] _offsets;

    public ConvTransposePath(ConvTransposeWeights weights, in ConvTransposeShape shape)
    {
        _shape = shape;
        _weights = weights;
        ConvShape grid = Grid(shape, weights);
        _gridW = grid.OutW;
        _layout = new ConvInputLayout(grid, shape.InChannels, StripFloats, copies: true);
        _tiling = new ConvTiling(grid, _layout, TSimd.Count);
        _offsets = [.. weights.Rows.SelectMany(rows => weights.Columns, (rows, columns) => Offsets(grid, rows, columns))];
    }

    private static int TileLanes => ConvMicroKernel.Columns * TSimd.Count;

    private long ImageStride => _shape.InChannels * _layout.PlaneStride;

    public override long ScratchFloats(int batch) => (ImagesAtOnce(batch) * ImageStride) + TileLanes;

    public override void Run(ref ConvCall call)
    {
        int atOnce = ImagesAtOnce(call.Batch);
        call.ChannelPieces = ConvTiling.ChannelPieces(atOnce * _shape.Groups, call.Threads, _shape.OutChannelsPerGroup);
        for (call.First = 0; call.First < call.Batch; call.First += atOnce)
        {
            call.Count = Math.Min(atOnce, call.Batch - call.First);
            for (call.Strip = 0; call.Strip < _layout.Strips; call.Strip++)
            {
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

    private int ImagesAtOnce(int batch) => _layout.Strips > 1 ? 1 : (int)Math.Clamp(StripFloats / ImageStride, 1, batch);

    /// <summary>A convolution of stride 1 whose outputs are those of one phase and whose kernel reaches all shifts.</summary>
    private static ConvShape Grid(in ConvTransposeShape shape, ConvTransposeWeights weights)
    {
        (int lowH, int highH) = ConvTransposePhase.Range(weights.Rows);
        (int lowW, int highW) = ConvTransposePhase.Range(weights.Columns);
        Size2d outputs = new((shape.OutH + shape.Stride.H - 1) / shape.Stride.H, (shape.OutW + shape.Stride.W - 1) / shape.Stride.W);
        Size2d kernel = new(highH - lowH + 1, highW - lowW + 1);
        Size2d padding = new(-lowH, -lowW);
        return new(shape.InChannels, shape.OutChannels, shape.Groups, shape.Input, kernel, Size2d.Square(1), padding, Size2d.Square(1))
        {
            PaddingEnd = new(outputs.H + kernel.H - 1 - shape.Input.H - padding.H, outputs.W + kernel.W - 1 - shape.Input.W - padding.W),
        };
    }

    /// <summary>Where the taps of a phase look, in the order of its weights.</summary>
    private nint[] Offsets(ConvShape grid, ConvTransposePhase rows, ConvTransposePhase columns)
    {
        nint[] offsets = GC.AllocateUninitializedArray<nint>(grid.InChannelsPerGroup * rows.Taps.Length * columns.Taps.Length, pinned: true);
        int index = 0;
        for (int channel = 0; channel < grid.InChannelsPerGroup; channel++)
        {
            foreach ((_, int row) in rows.Taps)
            {
                foreach ((_, int column) in columns.Taps)
                    offsets[index++] = _layout.Offsets[(((channel * grid.Kernel.H) + row + grid.Padding.H) * grid.Kernel.W) + column + grid.Padding.W];
            }
        }

        return offsets;
    }

    /// <summary>Some of a group's output channels in a strip of an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compute(in ConvCall call, int image, int group, int piece)
    {
        int channels = _shape.OutChannelsPerGroup;
        int endChannel = ConvTiling.PieceStart(piece + 1, call.ChannelPieces, channels);
        float* input = call.Scratch + (image * ImageStride) + (group * _shape.InChannelsPerGroup * _layout.PlaneStride);
        int firstRow = _layout.FirstRow(call.Strip) * _shape.Stride.H;
        int endRow = Math.Min(_layout.FirstRow(call.Strip + 1) * _shape.Stride.H, _shape.OutH);
        ConvOutput output = new(call, (nint)_shape.OutH * _shape.OutW, null);
        for (int channel = ConvTiling.PieceStart(piece, call.ChannelPieces, channels); channel < endChannel;)
        {
            int rows = ConvMicroKernel.Rows(channels - channel, _weights.Width);
            int firstChannel = (group * channels) + channel;
            nint plane = ((((nint)call.First + image) * _shape.OutChannels) + firstChannel) * _shape.OutH * _shape.OutW;
            for (int rowPhase = 0; rowPhase < _shape.Stride.H; rowPhase++)
            {
                for (int index = 0; index < _tiling.Tiles; index++)
                    ComputeTile(output, input, call.Strip, rowPhase, index, group, firstChannel, rows, plane);
            }

            if (call.Activates)
                output.Activate<TSimd, V>(plane + ((nint)firstRow * _shape.OutW), (endRow - firstRow) * _shape.OutW, rows);
            channel += rows;
        }
    }

    /// <summary>One tile in all phases along the width, for one along the height.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void ComputeTile(in ConvOutput output, float* input, int strip, int rowPhase, int index, int group, int firstChannel, int rows, nint plane)
    {
        ConvRun* runs = stackalloc ConvRun[TileLanes];
        int count = _tiling.Runs(index, _layout.FirstRow(strip + 1) - _layout.FirstRow(strip), 0, runs);
        if (count == 0)
            return;
        int tileFloats = 8 * TileLanes;
        float* buffers = stackalloc float[2 * tileFloats];
        int width = _tiling.Width(index);
        int stride = _shape.Stride.W;
        for (int columnPhase = 0; columnPhase < stride; columnPhase++)
        {
            int phase = (rowPhase * stride) + columnPhase;
            bool second = stride == 2 && columnPhase == 1;
            RunTile(phase, input + _tiling.Position(index), group, firstChannel, rows, index, second ? buffers + tileFloats : buffers);
            if (stride == 2 && !second)
                continue;
            for (int run = 0; run < count; run++)
            {
                (int gridRow, int gridColumn) = Math.DivRem((int)runs[run].Output, _gridW);
                int row = ((_layout.FirstRow(strip) + gridRow) * _shape.Stride.H) + rowPhase;
                if (row >= _shape.OutH)
                    break;
                nint start = plane + ((nint)row * _shape.OutW) + (gridColumn * stride);
                int tileStart = runs[run].Tile;
                int floats = _shape.OutW - (gridColumn * stride);
                if (stride == 1)
                    output.Store<TSimd, V>(buffers + tileStart, width, start, rows, runs[run].Length);
                else if (stride == 2)
                    output.StoreZipped<TSimd, V>(buffers + tileStart, buffers + tileFloats + tileStart, width, start, rows, Math.Min(2 * runs[run].Length, floats));
                else
                    output.StoreStrided(buffers + tileStart, width, start + columnPhase, rows, Math.Min(runs[run].Length, (floats - columnPhase + stride - 1) / stride), stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTile(int phase, float* input, int group, int firstChannel, int rows, int index, float* buffer)
    {
        nint[] offsets = _offsets[phase];
        fixed (nint* start = offsets)
        {
            ConvTile tile = new()
            {
                Weights = _weights.Weights(phase) + ((nint)firstChannel * offsets.Length),
                Input = input,
                Offsets = start,
                Depth = offsets.Length,
                Output = buffer,
                OutputStride = _tiling.Width(index),
                LastLanes = TSimd.Count,
                Bias = _weights.Bias == null ? null : _weights.Bias + firstChannel,
                Low = float.NegativeInfinity,
                High = float.PositiveInfinity,
            };
            if (_tiling.Columns(index) > 0)
                ConvMicroKernel.Run<TSimd, V>(&tile, rows, _tiling.Columns(index));
            else
                ConvPixelKernel.Run<TSimd, V>(&tile, rows, ConvPixelKernel.MostPixels);
        }
    }
}
