using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// How C [M, N] falls into tiles: down its rows in tiles as even as they come (13 rows are 7 and 6, not 12 and 1), along its columns in panels. Holds a
/// range of both.
/// </summary>
internal record struct GemmTiling
{
    private readonly int _rows;
    private readonly int _tiles;

    public GemmTiling(int m, int n, SimdWidth width)
    {
        _rows = m;
        TileRows = GemmBlocking.TileRows(width);
        PanelWidth = GemmBlocking.PanelWidth(width);
        EndTile = _tiles = (m + TileRows - 1) / TileRows;
        EndPanel = (n + PanelWidth - 1) / PanelWidth;
    }

    /// <summary>The most rows in a tile.</summary>
    public int TileRows { get; }

    /// <summary>Columns in a panel; the last one may have fewer.</summary>
    public int PanelWidth { get; }

    public int FirstTile { get; set; }

    public int EndTile { get; set; }

    public int FirstPanel { get; set; }

    public int EndPanel { get; set; }

    /// <summary>The first row of a tile.</summary>
    public readonly int Row(int tile) => (int)((long)_rows * tile / _tiles);

    /// <summary>One of several parts of this range, cut along the longer side.</summary>
    public readonly GemmTiling Share(int index, int shares)
    {
        int tiles = EndTile - FirstTile;
        int panels = EndPanel - FirstPanel;
        return panels >= tiles
            ? this with { FirstPanel = FirstPanel + Cut(panels, index, shares), EndPanel = FirstPanel + Cut(panels, index + 1, shares) }
            : this with { FirstTile = FirstTile + Cut(tiles, index, shares), EndTile = FirstTile + Cut(tiles, index + 1, shares) };
    }

    private static int Cut(int count, int index, int shares) => (int)((long)count * index / shares);
}
