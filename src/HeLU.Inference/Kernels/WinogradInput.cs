using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Bᵀ·d·B of up to a vector of neighbouring tiles of one channel.</summary>
internal static unsafe class WinogradInput
{
    /// <summary>Floats of a row of the buffer: what the widest vectors of the largest tiles reach.</summary>
    public const int BufferStride = 6 * (int)SimdWidth.Vector512;

    /// <summary>Floats of the buffer between the two passes.</summary>
    public const int BufferFloats = 6 * BufferStride;

    /// <summary>The first pass, down the columns: Bᵀ·d, to rows of the buffer. Whole vectors of it are written.</summary>
    /// <param name="plane">The channel, [size.H, size.W].</param>
    /// <param name="size">Its size.</param>
    /// <param name="row">The first tile's first row, which may lie outside the plane as any other, where zeros are.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="zeros">A row of zeros, size.W long.</param>
    /// <param name="buffer"><see cref="BufferFloats"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformColumns<TSimd, V, TTile>(float* plane, Size2d size, int row, int column, float* zeros, float* buffer)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TTile : IWinogradTile
    {
        int columns = (TSimd.Count * TTile.Outputs) + 2;
        int left = Math.Clamp(-column, 0, columns);
        int end = Math.Clamp(size.W - column, left, columns);
        nint start = column + left;
        TransformColumns<TSimd, V, TTile>(
            Row(plane, size, row, zeros) + start,
            Row(plane, size, row + 1, zeros) + start,
            Row(plane, size, row + 2, zeros) + start,
            Row(plane, size, row + 3, zeros) + start,
            TTile.Inputs > 4 ? Row(plane, size, row + 4, zeros) + start : null,
            TTile.Inputs > 5 ? Row(plane, size, row + 5, zeros) + start : null,
            end - left,
            buffer + left);
        int filled = left + ((end - left + TSimd.Count - 1) / TSimd.Count * TSimd.Count);
        for (int i = 0; i < TTile.Inputs; i++)
        {
            float* line = buffer + (i * BufferStride);
            for (int zero = 0; zero < left; zero++)
                line[zero] = 0;
            for (int zero = filled; zero < columns; zero += TSimd.Count)
                TSimd.Store(TSimd.Zero, line + zero);
        }
    }

    /// <summary>The second pass, along the rows: (Bᵀ·d)·B.</summary>
    /// <param name="buffer">What the first pass wrote; long ago enough that its vectors have left the store queue, as those read here lie across them.</param>
    /// <param name="destination">Element (i, j) of the transformed tiles goes, a whole vector of them, to <c>destination[(i·Inputs + j)·stride]</c>.</param>
    /// <param name="stride">Floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformRows<TSimd, V, TTile>(float* buffer, float* destination, nint stride)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TTile : IWinogradTile
    {
        for (int i = 0; i < TTile.Inputs; i++)
        {
            TTile.Load<TSimd, V>(buffer + (i * BufferStride), out V d0, out V d1, out V d2, out V d3, out V d4, out V d5);
            TTile.Input<TSimd, V>(d0, d1, d2, d3, d4, d5, out V t0, out V t1, out V t2, out V t3, out V t4, out V t5);
            Store<TSimd, V, TTile>(destination, stride, t0, t1, t2, t3, t4, t5);
            destination += TTile.Inputs * stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Row(float* plane, Size2d size, int row, float* zeros) =>
        (uint)row < (uint)size.H ? plane + ((nint)row * size.W) : zeros;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformColumns<TSimd, V, TTile>(float* r0, float* r1, float* r2, float* r3, float* r4, float* r5, int count, float* buffer)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TTile : IWinogradTile
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            V d4 = TTile.Inputs > 4 ? TSimd.Load(r4 + i) : TSimd.Zero;
            V d5 = TTile.Inputs > 5 ? TSimd.Load(r5 + i) : TSimd.Zero;
            TTile.Input<TSimd, V>(
                TSimd.Load(r0 + i), TSimd.Load(r1 + i), TSimd.Load(r2 + i), TSimd.Load(r3 + i), d4, d5,
                out V t0, out V t1, out V t2, out V t3, out V t4, out V t5);
            Store<TSimd, V, TTile>(buffer + i, BufferStride, t0, t1, t2, t3, t4, t5);
        }

        int rest = count - i;
        if (rest > 0)
        {
            V d4 = TTile.Inputs > 4 ? TSimd.LoadPartial(r4 + i, rest) : TSimd.Zero;
            V d5 = TTile.Inputs > 5 ? TSimd.LoadPartial(r5 + i, rest) : TSimd.Zero;
            TTile.Input<TSimd, V>(
                TSimd.LoadPartial(r0 + i, rest), TSimd.LoadPartial(r1 + i, rest), TSimd.LoadPartial(r2 + i, rest), TSimd.LoadPartial(r3 + i, rest), d4, d5,
                out V t0, out V t1, out V t2, out V t3, out V t4, out V t5);
            Store<TSimd, V, TTile>(buffer + i, BufferStride, t0, t1, t2, t3, t4, t5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, V, TTile>(float* destination, nint stride, V t0, V t1, V t2, V t3, V t4, V t5)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TTile : IWinogradTile
    {
        TSimd.Store(t0, destination);
        TSimd.Store(t1, destination + stride);
        TSimd.Store(t2, destination + (2 * stride));
        TSimd.Store(t3, destination + (3 * stride));
        if (TTile.Inputs > 4)
            TSimd.Store(t4, destination + (4 * stride));
        if (TTile.Inputs > 5)
            TSimd.Store(t5, destination + (5 * stride));
    }
}
