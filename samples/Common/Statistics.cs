namespace Samples.Common;

/// <summary>Figures that describe a list of numbers.</summary>
public static class Statistics
{
    /// <summary>The number that half of the values are below.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>
    /// The number that a share of the values is below. Between two values it is interpolated, where none of them is infinite:
    /// the definition that NumPy and R (type 7) take by default.
    /// </summary>
    /// <param name="share">0 to 1.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
            throw new ArgumentException("Found no values, expected one or more.", nameof(values));
        double place = share * (sorted.Length - 1);
        double below = sorted[(int)Math.Floor(place)], above = sorted[(int)Math.Ceiling(place)];
        double weight = place - Math.Floor(place);
        return weight == 0 || below == above ? below : below + (weight * (above - below));
    }
}
