namespace Helu.Watching;

/// <summary>How the dimensions of an activation divide: inputs, then units, then the positions of a unit on one input.</summary>
/// <param name="Units">How many units.</param>
/// <param name="Inputs">How many inputs: the product of the dimensions before the units'.</param>
/// <param name="Positions">How many positions: the product of the dimensions behind it.</param>
/// <param name="InputDimensions">The dimensions before the units'.</param>
/// <param name="PositionDimensions">The dimensions behind it.</param>
internal readonly record struct UnitLayout(long Units, long Inputs, long Positions, long[] InputDimensions, long[] PositionDimensions)
{
    /// <param name="shape">Of the activation, at least one dimension.</param>
    /// <param name="unit">The dimension of the units, from 0.</param>
    public static UnitLayout Of(long[] shape, int unit) => new(
        shape[unit],
        Product(shape.AsSpan(..unit)),
        Product(shape.AsSpan((unit + 1)..)),
        Range(0, unit),
        Range(unit + 1, shape.Length));

    /// <summary>Every dimension but the units'.</summary>
    public long[] AllButUnits => [.. InputDimensions, .. PositionDimensions];

    private static long Product(ReadOnlySpan<long> sizes)
    {
        long product = 1;
        foreach (long size in sizes)
            product *= size;
        return product;
    }

    private static long[] Range(int from, int to)
    {
        var dimensions = new long[to - from];
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = from + i;
        return dimensions;
    }
}
