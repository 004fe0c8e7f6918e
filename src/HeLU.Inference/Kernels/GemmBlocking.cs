using System.Runtime.Intrinsics.Arm;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>The block sizes of <see cref="Gemm"/>.</summary>
internal static class GemmBlocking
{
    /// <summary>Vectors in a full tile's row: two, so that each broadcast float of A is used twice.</summary>
    public const int VectorsPerPanel = 2;

    /// <summary>The most rows a tile has in any width.</summary>
    public const int MostTileRows = 12;

    /// <summary>The most columns a panel has in any width.</summary>
    public const int WidestPanel = 32;

    /// <summary>A product of fewer multiplications than this takes some 2 µs, which waking other threads would cost too.</summary>
    public const double ProductsWorthSharing = 250_000;

    /// <summary>The longest piece of K between two visits to C. A panel of B this deep and 32 wide takes 64 KiB of the L2 cache.</summary>
    public const int Depth = 512;

    /// <summary>The most rows of A in one block: with <see cref="Depth"/> 512 KiB, which stay in the L2 cache while B passes.</summary>
    public const int Rows = 264;

    /// <summary>Columns of C in a full tile: the width of a packed panel of B.</summary>
    public static int PanelWidth(SimdWidth width) => (int)width * VectorsPerPanel;

    /// <summary>
    /// Rows of C in a full tile. 12 rows of two sums need 27 registers, which AVX-512 and ARM have (32); AVX2 and SSE have 16, enough for 6.
    /// </summary>
    public static int TileRows(SimdWidth width) => width == SimdWidth.Vector512 || AdvSimd.IsSupported ? MostTileRows : 6;
}
