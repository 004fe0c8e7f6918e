using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// The inner loop of every matrix product: a tile of C of up to 12 rows and two vectors, kept in registers over the whole depth. Each step loads a
/// row of B once and multiplies it with one broadcast float for each row of A. With AVX-512's 32 registers 12 x 2 sums, 2 vectors of B and a
/// broadcast fit, and 24 multiply-adds wait for 14 loads; 16 registers hold 6 x 2 (<see cref="GemmBlocking"/>).
/// </summary>
internal static unsafe class MicroKernel
{
    /// <summary>From this depth on the sums take long enough for a cache line to come from memory.</summary>
    private const int DepthWorthPrefetching = 64;

    /// <summary>Computes the tile: rows x (<paramref name="columns"/> vectors), rows 1 to 12, columns 1 or 2.</summary>
    public static void Run<TSimd, V>(MicroKernelTile* tile, int rows, int columns)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        if (tile->RightOffsets == null)
            Run<TSimd, V, MicroKernelRight.Strided>(tile, rows, columns);
        else
            Run<TSimd, V, MicroKernelRight.Listed>(tile, rows, columns);
    }

    private static void Run<TSimd, V, TRight>(MicroKernelTile* tile, int rows, int columns)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TRight : struct, MicroKernelRight.IRows<TRight>
    {
        if (columns == 2)
            Run<TSimd, V, TRight, MicroKernelSize.Of2>(tile, rows);
        else
            Run<TSimd, V, TRight, MicroKernelSize.Of1>(tile, rows);
    }

    private static void Run<TSimd, V, TRight, TColumns>(MicroKernelTile* tile, int rows)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TRight : struct, MicroKernelRight.IRows<TRight>
        where TColumns : MicroKernelSize.ISize
    {
        switch (rows)
        {
            case 1:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of1>(tile);
                break;
            case 2:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of2>(tile);
                break;
            case 3:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of3>(tile);
                break;
            case 4:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of4>(tile);
                break;
            case 5:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of5>(tile);
                break;
            case 6:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of6>(tile);
                break;
            case 7:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of7>(tile);
                break;
            case 8:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of8>(tile);
                break;
            case 9:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of9>(tile);
                break;
            case 10:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of10>(tile);
                break;
            case 11:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of11>(tile);
                break;
            case 12:
                Run<TSimd, V, TRight, TColumns, MicroKernelSize.Of12>(tile);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 1 to 12 rows.");
        }
    }

    // Optimised from the first call on: an unoptimised one would run thousands of times slower for as long as its loops last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, V, TRight, TColumns, TRows>(MicroKernelTile* tile)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TRight : struct, MicroKernelRight.IRows<TRight>
        where TColumns : MicroKernelSize.ISize
        where TRows : MicroKernelSize.ISize
    {
        MicroKernelRow<TSimd, V, TColumns> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default;
        MicroKernelRow<TSimd, V, TColumns> r6 = default, r7 = default, r8 = default, r9 = default, r10 = default, r11 = default;

        if (tile->RowBias != null)
        {
            float* bias = tile->RowBias;
            r0 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[0]);
            if (TRows.Value > 1)
                r1 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[1]);
            if (TRows.Value > 2)
                r2 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[2]);
            if (TRows.Value > 3)
                r3 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[3]);
            if (TRows.Value > 4)
                r4 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[4]);
            if (TRows.Value > 5)
                r5 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[5]);
            if (TRows.Value > 6)
                r6 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[6]);
            if (TRows.Value > 7)
                r7 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[7]);
            if (TRows.Value > 8)
                r8 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[8]);
            if (TRows.Value > 9)
                r9 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[9]);
            if (TRows.Value > 10)
                r10 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[10]);
            if (TRows.Value > 11)
                r11 = MicroKernelRow<TSimd, V, TColumns>.Broadcast(bias[11]);
        }
        else if (tile->ColumnBias != null)
        {
            r0 = MicroKernelRow<TSimd, V, TColumns>.Load(tile->ColumnBias);
            r1 = r0;
            r2 = r0;
            r3 = r0;
            r4 = r0;
            r5 = r0;
            r6 = r0;
            r7 = r0;
            r8 = r0;
            r9 = r0;
            r10 = r0;
            r11 = r0;
        }

        if (tile->Depth >= DepthWorthPrefetching)
            Prefetch<TSimd, V, TRows>(tile);

        // Four pointers and two strides reach 12 rows of A by base + index addresses.
        nint a1 = tile->LeftStride;
        nint a2 = 2 * a1;
        float* left0 = tile->Left;
        float* left3 = left0 + a1 + a2;
        float* left6 = left3 + a1 + a2;
        float* left9 = left6 + a1 + a2;
        TRight right = TRight.Start(tile);
        nint k = tile->Depth;
        // One or two rows make so few sums that they would wait for each other: every fourth or second k goes to sums of its own.
        if (TRows.Value == 1)
        {
            r3 = r6 = r9 = default;
            for (; k >= 4; k -= 4)
            {
                float* row = right.Next();
                V first = TSimd.Load(row);
                V second = TColumns.Value > 1 ? TSimd.Load(row + TSimd.Count) : TSimd.Zero;
                r0.MultiplyAdd(left0[0], first, second);
                row = right.Next();
                first = TSimd.Load(row);
                second = TColumns.Value > 1 ? TSimd.Load(row + TSimd.Count) : TSimd.Zero;
                r3.MultiplyAdd(left0[1], first, second);
                row = right.Next();
                first = TSimd.Load(row);
                second = TColumns.Value > 1 ? TSimd.Load(row + TSimd.Count) : TSimd.Zero;
                r6.MultiplyAdd(left0[2], first, second);
                row = right.Next();
                first = TSimd.Load(row);
                second = TColumns.Value > 1 ? TSimd.Load(row + TSimd.Count) : TSimd.Zero;
                r9.MultiplyAdd(left0[3], first, second);
                left0 += 4;
            }

            r6.Add(r9);
            r0.Add(r3);
            r0.Add(r6);
        }
        else if (TRows.Value == 2)
        {
            r3 = r4 = default;
            for (; k >= 2; k -= 2)
            {
                float* row = right.Next();
                V first = TSimd.Load(row);
                V second = TColumns.Value > 1 ? TSimd.Load(row + TSimd.Count) : TSimd.Zero;
                r0.MultiplyAdd(left0[0], first, second);
                r1.MultiplyAdd(left0[a1], first, second);
                row = right.Next();
                first = TSimd.Load(row);
                second = TColumns.Value > 1 ? TSimd.Load(row + TSimd.Count) : TSimd.Zero;
                r3.MultiplyAdd(left0[1], first, second);
                r4.MultiplyAdd(left0[a1 + 1], first, second);
                left0 += 2;
            }

            r0.Add(r3);
            r1.Add(r4);
        }

        for (; k > 0; k--)
        {
            float* row = right.Next();
            V first = TSimd.Load(row);
            V second = TColumns.Value > 1 ? TSimd.Load(row + TSimd.Count) : TSimd.Zero;
            r0.MultiplyAdd(left0[0], first, second);
            if (TRows.Value > 1)
                r1.MultiplyAdd(left0[a1], first, second);
            if (TRows.Value > 2)
                r2.MultiplyAdd(left0[a2], first, second);
            if (TRows.Value > 3)
                r3.MultiplyAdd(left3[0], first, second);
            if (TRows.Value > 4)
                r4.MultiplyAdd(left3[a1], first, second);
            if (TRows.Value > 5)
                r5.MultiplyAdd(left3[a2], first, second);
            if (TRows.Value > 6)
                r6.MultiplyAdd(left6[0], first, second);
            if (TRows.Value > 7)
                r7.MultiplyAdd(left6[a1], first, second);
            if (TRows.Value > 8)
                r8.MultiplyAdd(left6[a2], first, second);
            if (TRows.Value > 9)
                r9.MultiplyAdd(left9[0], first, second);
            if (TRows.Value > 10)
                r10.MultiplyAdd(left9[a1], first, second);
            if (TRows.Value > 11)
                r11.MultiplyAdd(left9[a2], first, second);
            left0++;
            left3++;
            left6++;
            left9++;
        }

        if (tile->Addend != null)
        {
            float* addend = tile->Addend;
            nint stride = tile->AddendStride;
            r0.Add(addend + (0 * stride));
            if (TRows.Value > 1)
                r1.Add(addend + (1 * stride));
            if (TRows.Value > 2)
                r2.Add(addend + (2 * stride));
            if (TRows.Value > 3)
                r3.Add(addend + (3 * stride));
            if (TRows.Value > 4)
                r4.Add(addend + (4 * stride));
            if (TRows.Value > 5)
                r5.Add(addend + (5 * stride));
            if (TRows.Value > 6)
                r6.Add(addend + (6 * stride));
            if (TRows.Value > 7)
                r7.Add(addend + (7 * stride));
            if (TRows.Value > 8)
                r8.Add(addend + (8 * stride));
            if (TRows.Value > 9)
                r9.Add(addend + (9 * stride));
            if (TRows.Value > 10)
                r10.Add(addend + (10 * stride));
            if (TRows.Value > 11)
                r11.Add(addend + (11 * stride));
        }

        V low = TSimd.Broadcast(tile->Low);
        V high = TSimd.Broadcast(tile->High);
        float* output = tile->Output;
        nint outputStride = tile->OutputStride;
        r0.Store(output, low, high);
        if (TRows.Value > 1)
            r1.Store(output + (1 * outputStride), low, high);
        if (TRows.Value > 2)
            r2.Store(output + (2 * outputStride), low, high);
        if (TRows.Value > 3)
            r3.Store(output + (3 * outputStride), low, high);
        if (TRows.Value > 4)
            r4.Store(output + (4 * outputStride), low, high);
        if (TRows.Value > 5)
            r5.Store(output + (5 * outputStride), low, high);
        if (TRows.Value > 6)
            r6.Store(output + (6 * outputStride), low, high);
        if (TRows.Value > 7)
            r7.Store(output + (7 * outputStride), low, high);
        if (TRows.Value > 8)
            r8.Store(output + (8 * outputStride), low, high);
        if (TRows.Value > 9)
            r9.Store(output + (9 * outputStride), low, high);
        if (TRows.Value > 10)
            r10.Store(output + (10 * outputStride), low, high);
        if (TRows.Value > 11)
            r11.Store(output + (11 * outputStride), low, high);
    }

    /// <summary>Calls the tile of C, which lies in as many places as it has rows, into the cache while the sums are made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TSimd, V, TRows>(MicroKernelTile* tile)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TRows : MicroKernelSize.ISize
    {
        if (!Sse.IsSupported)
            return;
        float* row = tile->Output;
        for (int index = 0; index < TRows.Value; index++, row += tile->OutputStride)
        {
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + TSimd.Count);
        }
    }
}
