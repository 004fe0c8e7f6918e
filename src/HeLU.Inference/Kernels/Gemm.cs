using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// C = act(A·B + bias + residual), blocked for the caches as BLIS does it: blocks of rows of A and of K stay in the L2 cache, a panel of B in the L1
/// cache, a tile of C in registers (<see cref="MicroKernel"/>). Every element of C is summed over k in ascending order, whatever the blocks.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Computes C. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(in GemmArguments arguments, SimdWidth width)
    {
        Debug.Assert(arguments.RowBias == null || arguments.ColumnBias == null, "One bias.");
        switch (width)
        {
            case SimdWidth.Vector512:
                Run<Simd512, Vector512<float>>(arguments, width);
                break;
            case SimdWidth.Vector256:
                Run<Simd256, Vector256<float>>(arguments, width);
                break;
            case SimdWidth.Vector128:
                Run<Simd128, Vector128<float>>(arguments, width);
                break;
            case SimdWidth.Scalar:
                Run<SimdScalar, float>(arguments, width);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width), width, "Not a width.");
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

    private static void Run<TSimd, V>(in GemmArguments arguments, SimdWidth width)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int depthBlocks = Math.Max(1, (arguments.K + GemmBlocking.Depth - 1) / GemmBlocking.Depth);
        int depth = (arguments.K + depthBlocks - 1) / depthBlocks;
        int rowBlocks = (arguments.M + GemmBlocking.Rows - 1) / GemmBlocking.Rows;
        for (int rowBlock = 0; rowBlock < rowBlocks; rowBlock++)
        {
            int m = (int)((long)arguments.M * rowBlock / rowBlocks);
            int rows = (int)((long)arguments.M * (rowBlock + 1) / rowBlocks) - m;
            for (int depthBlock = 0; depthBlock < depthBlocks; depthBlock++)
            {
                int k = depthBlock * depth;
                GemmBlock block = new(arguments, m, rows, k, Math.Min(depth, arguments.K - k));
                block.Run<TSimd, V>(width);
            }
        }
    }
}
