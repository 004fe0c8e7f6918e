using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Aᵀ·t·A of up to a vector of neighbouring tiles of one channel, and what follows a convolution.</summary>
internal static unsafe class WinogradOutput
{
    /// <summary>Floats of the buffer between the two passes.</summary>
    public const int BufferFloats = 4 * 6 * (int)SimdWidth.Vector512;

    /// <summary>Transforms.</summary>
    /// <param name="source">Element (i, j) of the tiles, a vector of them, stands at <c>source[(i·Inputs + j)·stride]</c>.</param>
    /// <param name="stride">Floats.</param>
    /// <param name="bias">What to add to every output.</param>
    /// <param name="buffer"><see cref="BufferFloats"/>.</param>
    /// <param name="output">Where the first tile's first output goes.</param>
    /// <param name="residual">Null, or what is added to the outputs, laid out like them.</param>
    /// <param name="outputStride">Floats from one output row to the next.</param>
    /// <param name="rows">Output rows of a tile that exist.</param>
    /// <param name="columns">Output columns of all tiles that exist.</param>
    /// <param name="low">The activation's lower bound.</param>
    /// <param name="high">Its upper bound.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TSimd, V, TTile>(
        float* source, nint stride, float bias, float* buffer, float* output, float* residual, nint outputStride, int rows, int columns, float low, float high)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TTile : IWinogradTile
    {
        TransformColumns<TSimd, V, TTile>(source, stride, buffer);
        V biases = TSimd.Broadcast(bias);
        V lows = TSimd.Broadcast(low);
        V highs = TSimd.Broadcast(high);
        for (int row = 0; row < rows; row++)
        {
            float* line = buffer + (row * TTile.Inputs * TSimd.Count);
            TTile.Output<TSimd, V>(
                TSimd.Load(line),
                TSimd.Load(line + TSimd.Count),
                TSimd.Load(line + (2 * TSimd.Count)),
                TSimd.Load(line + (3 * TSimd.Count)),
                TTile.Inputs > 4 ? TSimd.Load(line + (4 * TSimd.Count)) : TSimd.Zero,
                TTile.Inputs > 5 ? TSimd.Load(line + (5 * TSimd.Count)) : TSimd.Zero,
                out V y0, out V y1, out V y2, out V y3);
            TTile.Interleave<TSimd, V>(ref y0, ref y1, ref y2, ref y3);
            Store<TSimd, V>(TSimd.Add(y0, biases), output, residual, columns, lows, highs);
            if (columns > TSimd.Count)
                Store<TSimd, V>(TSimd.Add(y1, biases), output + TSimd.Count, Next<TSimd, V>(residual, 1), columns - TSimd.Count, lows, highs);
            if (TTile.Outputs > 2 && columns > 2 * TSimd.Count)
                Store<TSimd, V>(TSimd.Add(y2, biases), output + (2 * TSimd.Count), Next<TSimd, V>(residual, 2), columns - (2 * TSimd.Count), lows, highs);
            if (TTile.Outputs > 3 && columns > 3 * TSimd.Count)
                Store<TSimd, V>(TSimd.Add(y3, biases), output + (3 * TSimd.Count), Next<TSimd, V>(residual, 3), columns - (3 * TSimd.Count), lows, highs);
            output += outputStride;
            if (residual != null)
                residual += outputStride;
        }
    }

    /// <summary>For each column of the tiles Aᵀ·t, to <c>buffer[(i·Inputs + j)·Count]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformColumns<TSimd, V, TTile>(float* source, nint stride, float* buffer)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TTile : IWinogradTile
    {
        nint rowStride = TTile.Inputs * stride;
        nint bufferStride = TTile.Inputs * TSimd.Count;
        for (int column = 0; column < TTile.Inputs; column++)
        {
            TTile.Output<TSimd, V>(
                TSimd.Load(source),
                TSimd.Load(source + rowStride),
                TSimd.Load(source + (2 * rowStride)),
                TSimd.Load(source + (3 * rowStride)),
                TTile.Inputs > 4 ? TSimd.Load(source + (4 * rowStride)) : TSimd.Zero,
                TTile.Inputs > 5 ? TSimd.Load(source + (5 * rowStride)) : TSimd.Zero,
                out V y0, out V y1, out V y2, out V y3);
            TSimd.Store(y0, buffer);
            TSimd.Store(y1, buffer + bufferStride);
            if (TTile.Outputs > 2)
                TSimd.Store(y2, buffer + (2 * bufferStride));
            if (TTile.Outputs > 3)
                TSimd.Store(y3, buffer + (3 * bufferStride));
            source += stride;
            buffer += TSimd.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Next<TSimd, V>(float* residual, int vectors)
        where TSimd : ISimd<V>
        where V : unmanaged =>
        residual == null ? null : residual + (vectors * TSimd.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, V>(V value, float* output, float* residual, int count, V low, V high)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        if (count >= TSimd.Count)
        {
            if (residual != null)
                value = TSimd.Add(value, TSimd.Load(residual));
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(value, low), high), output);
            return;
        }

        if (residual != null)
            value = TSimd.Add(value, TSimd.LoadPartial(residual, count));
        TSimd.StorePartial(TSimd.AtMost(TSimd.AtLeast(value, low), high), output, count);
    }
}
