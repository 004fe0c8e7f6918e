namespace Helu.Inference.Kernels;

/// <summary>
/// Cuts the positions of one image's outputs (<see cref="ConvInputLayout"/>) into tiles of 1 to 3 vectors: each row by itself where that takes no more
/// vectors, because its tiles are stored as they are, else the image as one long row.
/// </summary>
internal sealed unsafe class ConvTiling
{
    /// <summary>Floats of input that one block of tiles sees: a quarter of a 1 MiB L2 cache, beside which the weights pass.</summary>
    public const int BlockFloats = 64 * 1024;

    private readonly int _outH;
    private readonly int _outW;
    private readonly int _pitch;
    private readonly int _lanes;
    private readonly int _rowsPerStrip;
    private readonly int _stripVectors;
    private readonly int _stripTiles;

    public ConvTiling(in ConvShape shape, ConvInputLayout layout, int lanes)
    {
        (_outH, _outW, _pitch, _lanes) = (shape.OutH, shape.OutW, layout.Pitch, lanes);
        int rowVectors = Ceiling(_outW, lanes);
        int imageVectors = Ceiling(layout.Positions, lanes);
        bool byRow = rowVectors > 1 && (long)rowVectors * _outH <= imageVectors;
        _rowsPerStrip = byRow ? 1 : _outH;
        _stripVectors = byRow ? rowVectors : imageVectors;
        _stripTiles = Ceiling(_stripVectors, ConvMicroKernel.Columns);
        Tiles = _outH / _rowsPerStrip * _stripTiles;
        long floats = shape.InChannelsPerGroup * layout.PlaneStride;
        Blocks = (int)Math.Clamp(floats / BlockFloats, 1, Tiles);
    }

    public int Tiles { get; }

    /// <summary>Groups of neighbouring tiles whose input stays in the cache while the weights pass.</summary>
    public int Blocks { get; }

    /// <summary>Pieces to cut <paramref name="channels"/> output channels into, so that <paramref name="items"/> others times that keep the threads busy.</summary>
    public static int ChannelPieces(int items, int threads, int channels)
    {
        const int itemsPerThread = 4;
        return threads == 1 || items >= threads * itemsPerThread ? 1 : Math.Min(Ceiling(threads * itemsPerThread, items), Ceiling(channels, 8));
    }

    /// <summary>The first channel of a piece: a multiple of 8, so that tiles are the same however many pieces there are.</summary>
    public static int PieceStart(int piece, int pieces, int channels) => Math.Min(Ceiling(channels, 8) * piece / pieces * 8, channels);

    /// <summary>A block's first tile and the one behind its last.</summary>
    public (int First, int End) Block(int block) => ((int)((long)Tiles * block / Blocks), (int)((long)Tiles * (block + 1) / Blocks));

    /// <summary>Vectors in a tile.</summary>
    public int Columns(int tile) => StripVector((tile % _stripTiles) + 1) - StripVector(tile % _stripTiles);

    /// <summary>Where a tile begins.</summary>
    public int Position(int tile) => (tile / _stripTiles * _rowsPerStrip * _pitch) + (StripVector(tile % _stripTiles) * _lanes);

    /// <summary>The first output pixel in a tile, or behind the last tile.</summary>
    public int OutputStart(int tile)
    {
        if (tile == Tiles)
            return _outH * _outW;
        (int row, int column) = Math.DivRem(Position(tile), _pitch);
        return (row * _outW) + Math.Min(column, _outW);
    }

    /// <summary>Writes where the tile's pixels go, <paramref name="plane"/> being the output's start.</summary>
    /// <returns>How many runs.</returns>
    public int Runs(int tile, nint plane, ConvRun* runs)
    {
        int strip = tile / _stripTiles;
        int start = Position(tile);
        int end = Math.Min(start + (Columns(tile) * _lanes), ((((strip + 1) * _rowsPerStrip) - 1) * _pitch) + _outW);
        (int row, int column) = Math.DivRem(start, _pitch);
        int count = 0;
        for (int position = start; position < end; position += _pitch - column, column = 0, row++)
        {
            int length = Math.Min(_outW - column, end - position);
            if (length > 0)
                runs[count++] = new(position - start, plane + ((nint)row * _outW) + column, length);
        }

        return count;
    }

    private int StripVector(int tile) => (int)((long)_stripVectors * tile / _stripTiles);

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
