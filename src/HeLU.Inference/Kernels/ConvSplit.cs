namespace Helu.Inference.Kernels;

/// <summary>Columns of a product, cut into tiles of 1 to 3 vectors and, where one or two columns would leave most of a vector idle, a tile of those.</summary>
internal readonly struct ConvSplit
{
    private const int FewestLanes = 8;

    private readonly int _lanes;
    private readonly int _vectors;
    private readonly int _vectorTiles;
    private readonly int _left;
    private readonly int _fewest;
    private readonly int _wider;

    /// <param name="columns">How many columns.</param>
    /// <param name="lanes">Lanes of a vector.</param>
    public ConvSplit(int columns, int lanes)
    {
        _lanes = lanes;
        (_vectors, _left) = Math.DivRem(columns, lanes);
        if (_left > ConvPixelKernel.MostPixels || _vectors < ConvMicroKernel.Columns || lanes < FewestLanes)
        {
            _vectors += _left > 0 ? 1 : 0;
            _left = 0;
        }

        _vectorTiles = (_vectors + ConvMicroKernel.Columns - 1) / ConvMicroKernel.Columns;
        (_fewest, _wider) = Math.DivRem(_vectors, _vectorTiles);
    }

    public int Tiles => _vectorTiles + (_left > 0 ? 1 : 0);

    /// <summary>Vectors that all tiles take the time of.</summary>
    public double Cost => _vectors + (_left / 4d);

    /// <summary>Vectors in a tile; 0 in one of single columns.</summary>
    public int Vectors(int tile) => tile < _vectorTiles ? Vector(tile + 1) - Vector(tile) : 0;

    /// <summary>A tile's first column.</summary>
    public int Start(int tile) => Vector(tile) * _lanes;

    /// <summary>Columns of a tile, rounded up to whole vectors.</summary>
    public int Width(int tile) => Math.Max(Vectors(tile), 1) * _lanes;

    /// <summary>The vectors before a tile: the first ones have one more than the others, if they do not have the same.</summary>
    private int Vector(int tile) => tile >= _vectorTiles ? _vectors : (tile * _fewest) + Math.Min(tile, _wider);
}
