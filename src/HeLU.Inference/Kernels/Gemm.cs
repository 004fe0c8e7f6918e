using System.Diagnostics;
using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// C = act(A·B + bias + residual), blocked for the caches as BLIS does it: a block of A's rows over a piece of K stays in the L2 cache, a panel of B in
/// L1, a tile of C in registers (<see cref="MicroKernel"/>). Which elements a tile holds depends on M, N and the width alone, so that the result is the
/// same for every number of threads.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Computes C. Allocates nothing.</summary>
    /// <param name="arguments">The matrices; see <see cref="GemmArguments"/>.</param>
    /// <param name="width">The vectors to use.</param>
    /// <param name="workers">Null for the caller's thread alone.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(in GemmArguments arguments, SimdWidth width, Workers? workers = null)
    {
        Debug.Assert(arguments.RowBias == null || arguments.ColumnBias == null, "One bias.");
        fixed (GemmArguments* pointer = &arguments)
        {
            switch (width)
            {
                case SimdWidth.Vector512:
                    Run<Simd512, Vector512<float>>(pointer, width, workers);
                    break;
                case SimdWidth.Vector256:
                    Run<Simd256, Vector256<float>>(pointer, width, workers);
                    break;
                case SimdWidth.Vector128:
                    Run<Simd128, Vector128<float>>(pointer, width, workers);
                    break;
                case SimdWidth.Scalar:
                    Run<SimdScalar, float>(pointer, width, workers);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(width), width, "Not a width.");
            }
        }
    }

    /// <summary>Floats that <see cref="PackPanels"/> writes for B [k, n].</summary>
    public static long PanelFloats(int k, int n, SimdWidth width)
    {
        long panel = GemmBlocking.PanelWidth(width);
        return (n + panel - 1) / panel * panel * k;
    }

    /// <summary>
    /// Copies B [K, N] into panels: element (k, n), read at <c>source[k·strideK + n·strideN]</c>, goes to <c>destination[(n / P)·(K·P) + k·P + n % P]</c>
    /// with P = <see cref="GemmBlocking.PanelWidth"/>. The last panel is filled up with zeros. PanelStride is then K·P, RightStride P.
    /// </summary>
    public static void PackPanels(float* source, nint strideK, nint strideN, int k, int n, float* destination, SimdWidth width)
    {
        int panel = GemmBlocking.PanelWidth(width);
        for (int start = 0; start < n; start += panel)
        {
            int columns = Math.Min(panel, n - start);
            for (int row = 0; row < k; row++, destination += panel)
            {
                float* from = source + (row * strideK) + (start * strideN);
                for (int column = 0; column < columns; column++)
                    destination[column] = from[column * strideN];
                new Span<float>(destination + columns, panel - columns).Clear();
            }
        }
    }

    private static void Run<TSimd, V>(GemmArguments* arguments, SimdWidth width, Workers? workers)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        GemmTiling tiling = new(arguments->M, arguments->N, width);
        double products = (double)arguments->M * arguments->N * arguments->K;
        if (workers == null || products < GemmBlocking.ProductsWorthSharing)
        {
            RunPart<TSimd, V>(arguments, tiling);
            return;
        }

        GemmShare share = new() { Arguments = arguments, Tiling = tiling };
        workers.Run(&RunShare<TSimd, V>, &share);
    }

    private static void RunShare<TSimd, V>(void* state, int index, int shares)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        GemmShare* share = (GemmShare*)state;
        RunPart<TSimd, V>(share->Arguments, share->Tiling.Share(index, shares));
    }

    private static void RunPart<TSimd, V>(GemmArguments* arguments, GemmTiling part)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int k = Math.Max(1, arguments->K);
        int depthBlocks = (k + GemmBlocking.Depth - 1) / GemmBlocking.Depth;
        int depth = (k + depthBlocks - 1) / depthBlocks;
        int tilesPerBlock = GemmBlocking.Rows / part.TileRows;
        for (int tile = part.FirstTile; tile < part.EndTile; tile += tilesPerBlock)
        {
            GemmTiling block = part with { FirstTile = tile, EndTile = Math.Min(tile + tilesPerBlock, part.EndTile) };
            for (int start = 0; start < k; start += depth)
                new GemmBlock(arguments, block, start, Math.Min(depth, arguments->K - start)).Run<TSimd, V>();
        }
    }
}
