using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// The inner loop of convolutions: a tile of up to 8 output channels by up to three vectors of pixels stays in registers over all taps. Lanes are
/// pixels that lie side by side in memory, so nothing is rearranged: a tap is an address. With 32 registers 8 x 3 sums, three vectors of
/// pixels and a broadcast weight fit, and 24 multiply-adds wait for 11 loads.
/// </summary>
internal static unsafe class ConvMicroKernel
{
    /// <summary>
    /// Floats of weights that are asked for ahead of their use: 8 KiB, some 100 cache lines under way. Weights come from the memory or the last-level cache
    /// once for each image, where they are the bottleneck: 7x7 images of 512 channels took 1.5 times as long without.
    /// </summary>
    private const int Ahead = 2048;

    /// <summary>Vectors of pixels in a full tile.</summary>
    public const int Columns = 3;

    /// <summary>
    /// Rows of the next tile where <paramref name="channels"/> output channels remain: at most 8 (4 where there are 16 registers).
    /// </summary>
    public static int Rows(int channels, SimdWidth width)
    {
        bool manyRegisters = width == SimdWidth.Vector512 || AdvSimd.IsSupported;
        return channels switch
        {
            >= 8 when manyRegisters => 8,
            >= 6 when manyRegisters => 6,
            >= 4 => 4,
            >= 2 => 2,
            _ => 1,
        };
    }

    /// <summary>Puts weights [channels, depth] in the order in which tiles read them: for the rows of each tile [depth, rows].</summary>
    public static void PackRows(ReadOnlySpan<float> weights, int channels, int depth, Span<float> packed, SimdWidth width)
    {
        for (int row = 0; row < channels;)
        {
            int rows = Rows(channels - row, width);
            for (int k = 0; k < depth; k++)
            {
                for (int r = 0; r < rows; r++)
                    packed[(row * depth) + (k * rows) + r] = weights[((row + r) * depth) + k];
            }

            row += rows;
        }
    }

    /// <summary>Computes the tile.</summary>
    /// <param name="tile">The operands.</param>
    /// <param name="rows">A number that <see cref="Rows"/> gives.</param>
    /// <param name="columns">Vectors of pixels, 1 to 3.</param>
    public static void Run<TSimd, V>(ConvTile* tile, int rows, int columns)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        switch (columns)
        {
            case 1:
                Run<TSimd, V, MicroKernelSize.Of1>(tile, rows);
                break;
            case 2:
                Run<TSimd, V, MicroKernelSize.Of2>(tile, rows);
                break;
            case 3:
                Run<TSimd, V, MicroKernelSize.Of3>(tile, rows);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(columns), columns, "A tile has 1 to 3 vectors of pixels.");
        }
    }

    private static void Run<TSimd, V, TColumns>(ConvTile* tile, int rows)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TColumns : MicroKernelSize.ISize
    {
        switch (rows)
        {
            case 1:
                Run<TSimd, V, TColumns, MicroKernelSize.Of1>(tile);
                break;
            case 2:
                Run<TSimd, V, TColumns, MicroKernelSize.Of2>(tile);
                break;
            case 4:
                Run<TSimd, V, TColumns, MicroKernelSize.Of4>(tile);
                break;
            case 6:
                Run<TSimd, V, TColumns, MicroKernelSize.Of6>(tile);
                break;
            case 8:
                Run<TSimd, V, TColumns, MicroKernelSize.Of8>(tile);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 1, 2, 4, 6 or 8 rows.");
        }
    }

    // Optimised from the first call on: an unoptimised one would run thousands of times slower for as long as its loops last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, V, TColumns, TRows>(ConvTile* tile)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TColumns : MicroKernelSize.ISize
        where TRows : MicroKernelSize.ISize
    {
        ConvTileRow<TSimd, V, TColumns> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default, r7 = default;

        float* bias = tile->Bias;
        if (bias != null)
        {
            r0.Fill(bias[0]);
            if (TRows.Value > 1)
                r1.Fill(bias[1]);
            if (TRows.Value > 2)
                r2.Fill(bias[2]);
            if (TRows.Value > 3)
                r3.Fill(bias[3]);
            if (TRows.Value > 4)
                r4.Fill(bias[4]);
            if (TRows.Value > 5)
                r5.Fill(bias[5]);
            if (TRows.Value > 6)
                r6.Fill(bias[6]);
            if (TRows.Value > 7)
                r7.Fill(bias[7]);
        }

        float* weights = tile->Weights;
        float* input = tile->Input;
        nint* offsets = tile->Offsets;
        if (offsets != null)
        {
            for (nint k = tile->Depth; k > 0; k--)
            {
                float* pixels = input + *offsets;
                V first = TSimd.Load(pixels);
                V second = TColumns.Value > 1 ? TSimd.Load(pixels + TSimd.Count) : TSimd.Zero;
                V third = TColumns.Value > 2 ? TSimd.Load(pixels + (2 * TSimd.Count)) : TSimd.Zero;
                r0.MultiplyAdd(weights[0], first, second, third);
                if (TRows.Value > 1)
                    r1.MultiplyAdd(weights[1], first, second, third);
                if (TRows.Value > 2)
                    r2.MultiplyAdd(weights[2], first, second, third);
                if (TRows.Value > 3)
                    r3.MultiplyAdd(weights[3], first, second, third);
                if (TRows.Value > 4)
                    r4.MultiplyAdd(weights[4], first, second, third);
                if (TRows.Value > 5)
                    r5.MultiplyAdd(weights[5], first, second, third);
                if (TRows.Value > 6)
                    r6.MultiplyAdd(weights[6], first, second, third);
                if (TRows.Value > 7)
                    r7.MultiplyAdd(weights[7], first, second, third);
                if (Sse.IsSupported)
                    Sse.Prefetch0(weights + Ahead);
                weights += TRows.Value;
                offsets++;
            }
        }
        else
        {
            nint stride = tile->InputStride;
            for (nint k = tile->Depth; k > 0; k--)
            {
                V first = TSimd.Load(input);
                V second = TColumns.Value > 1 ? TSimd.Load(input + TSimd.Count) : TSimd.Zero;
                V third = TColumns.Value > 2 ? TSimd.Load(input + (2 * TSimd.Count)) : TSimd.Zero;
                r0.MultiplyAdd(weights[0], first, second, third);
                if (TRows.Value > 1)
                    r1.MultiplyAdd(weights[1], first, second, third);
                if (TRows.Value > 2)
                    r2.MultiplyAdd(weights[2], first, second, third);
                if (TRows.Value > 3)
                    r3.MultiplyAdd(weights[3], first, second, third);
                if (TRows.Value > 4)
                    r4.MultiplyAdd(weights[4], first, second, third);
                if (TRows.Value > 5)
                    r5.MultiplyAdd(weights[5], first, second, third);
                if (TRows.Value > 6)
                    r6.MultiplyAdd(weights[6], first, second, third);
                if (TRows.Value > 7)
                    r7.MultiplyAdd(weights[7], first, second, third);
                if (Sse.IsSupported)
                    Sse.Prefetch0(weights + Ahead);
                weights += TRows.Value;
                input += stride;
            }
        }

        nint outputStride = tile->OutputStride;
        float* output = tile->Output;
        float* residual = tile->Residual;
        V low = TSimd.Broadcast(tile->Low);
        V high = TSimd.Broadcast(tile->High);
        int lanes = tile->LastLanes;
        if (lanes < TSimd.Count)
        {
            r0.StorePartial(output, residual, lanes, low, high);
            if (TRows.Value > 1)
                r1.StorePartial(output + (1 * outputStride), Row(residual, 1 * outputStride), lanes, low, high);
            if (TRows.Value > 2)
                r2.StorePartial(output + (2 * outputStride), Row(residual, 2 * outputStride), lanes, low, high);
            if (TRows.Value > 3)
                r3.StorePartial(output + (3 * outputStride), Row(residual, 3 * outputStride), lanes, low, high);
            if (TRows.Value > 4)
                r4.StorePartial(output + (4 * outputStride), Row(residual, 4 * outputStride), lanes, low, high);
            if (TRows.Value > 5)
                r5.StorePartial(output + (5 * outputStride), Row(residual, 5 * outputStride), lanes, low, high);
            if (TRows.Value > 6)
                r6.StorePartial(output + (6 * outputStride), Row(residual, 6 * outputStride), lanes, low, high);
            if (TRows.Value > 7)
                r7.StorePartial(output + (7 * outputStride), Row(residual, 7 * outputStride), lanes, low, high);
            return;
        }

        if (residual != null)
        {
            r0.Add(residual);
            if (TRows.Value > 1)
                r1.Add(residual + (1 * outputStride));
            if (TRows.Value > 2)
                r2.Add(residual + (2 * outputStride));
            if (TRows.Value > 3)
                r3.Add(residual + (3 * outputStride));
            if (TRows.Value > 4)
                r4.Add(residual + (4 * outputStride));
            if (TRows.Value > 5)
                r5.Add(residual + (5 * outputStride));
            if (TRows.Value > 6)
                r6.Add(residual + (6 * outputStride));
            if (TRows.Value > 7)
                r7.Add(residual + (7 * outputStride));
        }

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
    }

    private static float* Row(float* start, nint offset) => start == null ? null : start + offset;
}
