namespace Helu.Inference.Kernels;

/// <summary>
/// Cuts the positions of a strip of outputs (<see cref="ConvInputLayout"/>) into tiles of 1 to 3 vectors: each row by itself where that takes no more
/// vectors, because its tiles are stored as they are, else the strip as one long row.
/// </summary>
internal sealed unsafe class ConvTiling
{
    private readonly int _outW;
    private readonly int _pitch;
    private readonly int _lanes;
    private readonly int _bandRows;
    private readonly int _bandVectors;
    private readonly int _bandTiles;

    public ConvTiling(in ConvShape shape, ConvInputLayout layout, int lanes)
    {
        (_outW, _pitch, _lanes) = (shape.OutW, layout.Pitch, lanes);
        int rowVectors = Ceiling(_outW, lanes);
        Vectors = Ceiling(((layout.StripRows - 1) * _pitch) + _outW, lanes);
        // A row of one vector would leave a third of the multiply-adds' speed behind loads.
        bool byRow = rowVectors > 1 && (long)rowVectors * layout.StripRows <= Vectors;
        _bandRows = byRow ? 1 : layout.StripRows;
        _bandVectors = byRow ? rowVectors : Vectors;
        _bandTiles = Ceiling(_bandVectors, ConvMicroKernel.Columns);
        Tiles = layout.StripRows / _bandRows * _bandTiles;
    }

    /// <summary>Vectors that a strip as one long row has.</summary>
    public int Vectors { get; }

    /// <summary>Tiles of a strip.</summary>
    public int Tiles { get; }

    /// <summary>Pieces to cut <paramref name="channels"/> output channels into, so that <paramref name="items"/> others times that keep the threads busy.</summary>
    public static int ChannelPieces(int items, int threads, int channels)
    {
        const int itemsPerThread = 4;
        return threads == 1 || items >= threads * itemsPerThread ? 1 : Math.Min(Ceiling(threads * itemsPerThread, items), Ceiling(channels, 8));
    }

    /// <summary>The first channel of a piece: a multiple of 8, so that tiles are the same however many pieces there are.</summary>
    public static int PieceStart(int piece, int pieces, int channels) => Math.Min(Ceiling(channels, 8) * piece / pieces * 8, channels);

    /// <summary>Vectors in a tile.</summary>
    public int Columns(int tile) => BandVector((tile % _bandTiles) + 1) - BandVector(tile % _bandTiles);

    /// <summary>Where a tile begins in the strip.</summary>
    public int Position(int tile) => (tile / _bandTiles * _bandRows * _pitch) + (BandVector(tile % _bandTiles) * _lanes);

    /// <summary>Writes where the tile's pixels go.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="rows">Rows that the strip has.</param>
    /// <param name="output">Where the strip's outputs begin.</param>
    /// <param name="runs">The runs.</param>
    /// <returns>How many.</returns>
    public int Runs(int tile, int rows, nint output, ConvRun* runs)
    {
        int endRow = Math.Min(((tile / _bandTiles) + 1) * _bandRows, rows);
        int start = Position(tile);
        int end = Math.Min(start + (Columns(tile) * _lanes), ((endRow - 1) * _pitch) + _outW);
        (int row, int column) = Math.DivRem(start, _pitch);
        int count = 0;
        for (int position = start; position < end; position += _pitch - column, column = 0, row++)
        {
            int length = Math.Min(_outW - column, end - position);
            if (length > 0)
                runs[count++] = new(position - start, output + ((nint)row * _outW) + column, length);
        }

        return count;
    }

    private int BandVector(int tile) => (int)((long)_bandVectors * tile / _bandTiles);

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
