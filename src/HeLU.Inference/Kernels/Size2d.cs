namespace Helu.Inference.Kernels;

/// <summary>A number for each of the two spatial dimensions. 1-d layers have height 1.</summary>
/// <param name="H">Along the height.</param>
/// <param name="W">Along the width.</param>
internal readonly record struct Size2d(int H, int W)
{
    public long Area => (long)H * W;

    /// <summary>The same number for both dimensions.</summary>
    public static Size2d Square(int side) => new(side, side);
}
