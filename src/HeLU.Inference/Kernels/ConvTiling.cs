using System.Runtime.CompilerServices;

namespace Helu.Inference.Kernels;

/// <summary>
/// Cuts the positions of a strip of outputs (<see cref="ConvInputLayout"/>) into tiles of 1 to 3 vectors: each row by itself, whose tiles are stored as they are, or
/// the strip as one long row, which may take fewer vectors.
/// </summary>
internal sealed unsafe class ConvTiling
{
    private readonly int _outW;
    private readonly int _pitch;
    private readonly Place[] _places;

    public ConvTiling(in ConvShape shape, ConvInputLayout layout, int lanes)
    {
        (_outW, _pitch) = (shape.OutW, layout.Pitch);
        ConvSplit row = new(Ceiling(_outW, lanes) * lanes, lanes);
        ConvSplit strip = new(((layout.StripRows - 1) * _pitch) + _outW, lanes);
        // Of an image as it stands only the last tile may be read beyond its end (ConvDirect copies it), so the last but one row's must end within the last row.
        bool inside = !layout.InPlace || Ceiling(_outW, lanes) * lanes <= _pitch + _outW;
        bool byRow = inside && Cycles(row, shape.Depth, stored: true) * layout.StripRows <= Cycles(strip, shape.Depth, stored: _outW == _pitch);
        ConvSplit band = byRow ? row : strip;
        int bandRows = byRow ? 1 : layout.StripRows;
        Cost = band.Cost * layout.StripRows / bandRows;
        _places = new Place[layout.StripRows / bandRows * band.Tiles];
        for (int tile = 0; tile < _places.Length; tile++)
        {
            (int bandIndex, int index) = Math.DivRem(tile, band.Tiles);
            int position = (bandIndex * bandRows * _pitch) + band.Start(index);
            _places[tile] = new(position, position / _pitch, (bandIndex + 1) * bandRows, band.Vectors(index), band.Width(index));
        }
    }

    /// <summary>Vectors that a strip takes the time of.</summary>
    public double Cost { get; }

    /// <summary>Tiles of a strip.</summary>
    public int Tiles => _places.Length;

    /// <summary>Pieces to cut <paramref name="channels"/> output channels into, so that <paramref name="items"/> others times that keep the threads busy.</summary>
    public static int ChannelPieces(int items, int threads, int channels)
    {
        const int itemsPerThread = 4;
        return threads == 1 || items >= threads * itemsPerThread ? 1 : Math.Min(Ceiling(threads * itemsPerThread, items), Ceiling(channels, 8));
    }

    /// <summary>The first channel of a piece: a multiple of 8, so that tiles are the same however many pieces there are.</summary>
    public static int PieceStart(int piece, int pieces, int channels) => Math.Min(Ceiling(channels, 8) * piece / pieces * 8, channels);

    /// <summary>Vectors in a tile; 0 in one of single pixels.</summary>
    public int Columns(int tile) => _places[tile].Columns;

    /// <summary>Positions of a tile, rounded up to whole vectors.</summary>
    public int Width(int tile) => _places[tile].Width;

    /// <summary>Where a tile begins in the strip.</summary>
    public int Position(int tile) => _places[tile].Position;

    /// <summary>Writes where the tile's pixels go.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="rows">Rows that the strip has.</param>
    /// <param name="output">Where the strip's outputs begin.</param>
    /// <param name="runs">The runs.</param>
    /// <returns>How many.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Runs(int tile, int rows, nint output, ConvRun* runs)
    {
        (int start, int row, int endRow, _, int width) = _places[tile];
        int end = Math.Min(start + width, ((Math.Min(endRow, rows) - 1) * _pitch) + _outW);
        int column = start - (row * _pitch);
        int count = 0;
        for (int position = start; position < end; position += _pitch - column, column = 0, row++)
        {
            int length = Math.Min(_outW - column, end - position);
            if (length > 0)
                runs[count++] = new(position - start, output + ((nint)row * _outW) + column, length);
        }

        return count;
    }

    /// <summary>
    /// What 8 channels of a band take, as measured: per tap and vector, per tile, and per tile that is stored through a buffer because it has garbage in between.
    /// </summary>
    private static double Cycles(ConvSplit band, int depth, bool stored)
    {
        const double tap = 4.2;
        const double tapAlone = 5.4;
        const double tile = 40;
        const double buffer = 200;
        return (depth * (band.Cost > 1 ? tap : tapAlone) * band.Cost) + (band.Tiles * (stored ? tile : tile + buffer));
    }

    /// <summary>A tile, laid out once as there are divisions in it.</summary>
    private readonly record struct Place(int Position, int Row, int EndRow, int Columns, int Width);

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
