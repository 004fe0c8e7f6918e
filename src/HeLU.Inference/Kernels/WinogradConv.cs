using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// 3x3 convolutions with stride 1 by Winograd's algorithm: tiles of the input are transformed, which leaves for each of a tile's (m + 2)² elements a product
/// [OutChannels, InChannels] x [InChannels, tiles], and the products are transformed back. A block of tiles goes through all three before the next, so
/// that what lies between them stays in the cache.
/// </summary>
internal sealed unsafe class WinogradConv<TSimd, V, TTile> : ConvPath
    where TSimd : ISimd<V>
    where V : unmanaged
    where TTile : IWinogradTile
{
    /// <summary>
    /// Floats of transformed inputs and outputs in a block, which may have more in order to fill a tile: 2.5 MiB, more than an L2 cache, as they are written and read once each,
    /// while the weights pass once for each block.
    /// </summary>
    private const int BlockFloats = 640 * 1024;

    /// <summary>Vectors of tiles between the two passes of an input's transform: 18 KiB, which the first-level cache holds.</summary>
    private const int SegmentsAtOnce = 8;

    private const int InputPhase = 0;
    private const int ProductPhase = 1;
    private const int OutputPhase = 2;

    private readonly ConvShape _shape;
    private readonly ConvPackedWeights _weights;
    private readonly AlignedBuffer _zeros;
    private readonly int _tileRows;
    private readonly int _tileColumns;

    public WinogradConv(ConvPackedWeights weights, in ConvShape shape)
    {
        _shape = shape;
        _weights = weights;
        _zeros = new AlignedBuffer(shape.Input.W);
        _tileRows = (shape.OutH + TTile.Outputs - 1) / TTile.Outputs;
        _tileColumns = (shape.OutW + TTile.Outputs - 1) / TTile.Outputs;
    }

    private static int Elements => TTile.Inputs * TTile.Inputs;

    public override long ScratchFloats(int batch)
    {
        nint stride = Stride(BlockVectors(batch));
        return Elements * (long)(ElementStride(_shape.InChannels, stride) + ElementStride(_shape.OutChannels, stride));
    }

    public override void Run(ref ConvCall call)
    {
        int vectors = Vectors(call.Batch);
        int blocks = Blocks(call.Batch);
        for (int block = 0; block < blocks; block++)
        {
            int first = (int)((long)vectors * block / blocks);
            int end = (int)((long)vectors * (block + 1) / blocks);
            call.First = first * TSimd.Count;
            call.Count = Math.Min((end - first) * TSimd.Count, (call.Batch * _tileRows * _tileColumns) - call.First);
            RunPhase(ref call, InputPhase, _shape.InChannels);
            call.ChannelPieces = ConvTiling.ChannelPieces(Elements, call.Threads, _shape.OutChannels);
            RunPhase(ref call, ProductPhase, Elements * call.ChannelPieces);
            RunPhase(ref call, OutputPhase, _shape.OutChannels);
        }
    }

    protected override void RunItems(in ConvCall call, int first, int end)
    {
        switch (call.Phase)
        {
            case InputPhase:
                Transform(call, first, end, TransformWidth);
                break;
            case ProductPhase:
                for (int item = first; item < end; item++)
                    Multiply(call, item / call.ChannelPieces, item % call.ChannelPieces);
                break;
            default:
                Transform(call, first, end, TransformWidth);
                break;
        }
    }

    /// <summary>Vectors no wider than a row of tiles, of which one transform takes one vector.</summary>
    private SimdWidth TransformWidth =>
        TSimd.Count > 4 && _tileColumns <= 4 ? SimdWidth.Vector128
        : TSimd.Count > 8 && _tileColumns <= 8 ? SimdWidth.Vector256
        : (SimdWidth)TSimd.Count;

    private int Vectors(int batch) => ((batch * _tileRows * _tileColumns) + TSimd.Count - 1) / TSimd.Count;

    private int Blocks(int batch)
    {
        int most = Math.Max(ConvMicroKernel.Columns, BlockFloats / (Elements * (_shape.InChannels + _shape.OutChannels) * TSimd.Count));
        return (Vectors(batch) + most - 1) / most;
    }

    private int BlockVectors(int batch) => (Vectors(batch) + Blocks(batch) - 1) / Blocks(batch);

    /// <summary>Floats of one channel's tiles in a block: room for a vector that starts at the last tile, and not a multiple of a page.</summary>
    private static nint Stride(int vectors) => ((vectors + 1) | 1) * TSimd.Count;

    /// <summary>Floats of all channels' tiles: an odd number of cache lines, as transforms write to all elements, which would fall on one set of the cache.</summary>
    private static nint ElementStride(int channels, nint stride)
    {
        const int line = 16;
        return (((channels * stride) + line - 1) / line | 1) * line;
    }

    private void Transform(in ConvCall call, int first, int end, SimdWidth width)
    {
        switch (width)
        {
            case SimdWidth.Vector512:
                Transform<Simd512, Vector512<float>>(call, first, end);
                break;
            case SimdWidth.Vector256:
                Transform<Simd256, Vector256<float>>(call, first, end);
                break;
            case SimdWidth.Vector128:
                Transform<Simd128, Vector128<float>>(call, first, end);
                break;
            default:
                Transform<SimdScalar, float>(call, first, end);
                break;
        }
    }

    private void Transform<T, W>(in ConvCall call, int first, int end)
        where T : ISimd<W>
        where W : unmanaged
    {
        for (int channel = first; channel < end; channel++)
        {
            if (call.Phase == InputPhase)
                TransformInput<T, W>(call, channel);
            else
                TransformOutput<T, W>(call, channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void TransformInput<T, W>(in ConvCall call, int channel)
        where T : ISimd<W>
        where W : unmanaged
    {
        float* buffers = stackalloc float[SegmentsAtOnce * WinogradInput.BufferFloats];
        int* tiles = stackalloc int[SegmentsAtOnce];
        nint stride = Stride(BlockVectors(call.Batch));
        nint elementStride = ElementStride(_shape.InChannels, stride);
        float* destination = call.Scratch + (channel * stride);
        for (int tile = 0; tile < call.Count;)
        {
            int segments = 0;
            for (; tile < call.Count && segments < SegmentsAtOnce; segments++)
            {
                (int row, int column, int image, int count) = Segment(call, tile, T.Count);
                float* plane = call.Input + ((((nint)image * _shape.InChannels) + channel) * (nint)_shape.Input.Area);
                WinogradInput.TransformColumns<T, W, TTile>(
                    plane, _shape.Input, (row * TTile.Outputs) - _shape.Padding.H, (column * TTile.Outputs) - _shape.Padding.W,
                    _zeros.Pointer, buffers + (segments * WinogradInput.BufferFloats));
                tiles[segments] = tile;
                tile += count;
            }

            for (int segment = 0; segment < segments; segment++)
                WinogradInput.TransformRows<T, W, TTile>(buffers + (segment * WinogradInput.BufferFloats), destination + tiles[segment], elementStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void TransformOutput<T, W>(in ConvCall call, int channel)
        where T : ISimd<W>
        where W : unmanaged
    {
        float* buffer = stackalloc float[WinogradOutput.BufferFloats];
        nint stride = Stride(BlockVectors(call.Batch));
        nint elementStride = ElementStride(_shape.OutChannels, stride);
        float* source = call.Scratch + (Elements * ElementStride(_shape.InChannels, stride)) + (channel * stride);
        float bias = _weights.Bias == null ? 0 : _weights.Bias[channel];
        int outW = _shape.OutW;
        for (int tile = 0; tile < call.Count;)
        {
            (int row, int column, int image, int count) = Segment(call, tile, T.Count);
            row *= TTile.Outputs;
            column *= TTile.Outputs;
            nint start = (((((nint)image * _shape.OutChannels) + channel) * _shape.OutH) + row) * outW;
            int rows = Math.Min(TTile.Outputs, _shape.OutH - row);
            int columns = Math.Min(TTile.Outputs * count, outW - column);
            WinogradOutput.Run<T, W, TTile>(
                source + tile, elementStride, bias, buffer, call.Output + start + column,
                call.Residual == null ? null : call.Residual + start + column, outW, rows, columns, call.Low, call.High);
            if (call.Activates)
                ActivationKernel.Run<T, W>(call.Output + start + column, call.Output + start + column, columns, rows, outW, call.Epilogue);
            tile += count;
        }
    }

    /// <summary>Where a tile of a block lies, and how many there are from it on that one transform can take.</summary>
    private (int Row, int Column, int Image, int Count) Segment(in ConvCall call, int tile, int lanes)
    {
        (int rest, int column) = Math.DivRem(call.First + tile, _tileColumns);
        (int image, int row) = Math.DivRem(rest, _tileRows);
        return (row, column, image, Math.Min(Math.Min(_tileColumns - column, call.Count - tile), lanes));
    }

    /// <summary>The product of one element of the tiles for some output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(in ConvCall call, int element, int piece)
    {
        int inChannels = _shape.InChannels;
        int outChannels = _shape.OutChannels;
        nint stride = Stride(BlockVectors(call.Batch));
        nint inputStride = ElementStride(inChannels, stride);
        float* input = call.Scratch + (element * inputStride);
        float* output = call.Scratch + (Elements * inputStride) + (element * ElementStride(outChannels, stride));
        ConvTile tile = new()
        {
            InputStride = stride,
            OutputStride = stride,
            LastLanes = TSimd.Count,
            Depth = inChannels,
            Low = float.NegativeInfinity,
            High = float.PositiveInfinity,
        };
        int end = ConvTiling.PieceStart(piece + 1, call.ChannelPieces, outChannels);
        for (int channel = ConvTiling.PieceStart(piece, call.ChannelPieces, outChannels); channel < end;)
        {
            int rows = ConvMicroKernel.Rows(outChannels - channel, _weights.Width);
            tile.Weights = _weights.Weights + ((((nint)element * outChannels) + channel) * inChannels);
            MultiplyRows(&tile, rows, call.Count, input, output + (channel * stride));
            channel += rows;
        }
    }

    /// <summary>Products for the rows of a tile and all <paramref name="count"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRows(ConvTile* tile, int rows, int count, float* input, float* output)
    {
        ConvSplit columns = new(count, TSimd.Count);
        for (int index = 0; index < columns.Tiles; index++)
        {
            int start = columns.Start(index);
            tile->Input = input + start;
            tile->Output = output + start;
            if (columns.Vectors(index) > 0)
                ConvMicroKernel.Run<TSimd, V>(tile, rows, columns.Vectors(index));
            else
                ConvPixelKernel.Run<TSimd, V>(tile, rows, count - start);
        }
    }
}
