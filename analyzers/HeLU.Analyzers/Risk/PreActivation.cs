namespace Helu.Analyzers.Risk;

/// <summary>What a layer's ReLUs are given: unit i sees a normal distribution over the inputs, its mean differs from unit to unit by another.</summary>
/// <param name="Mean">The mean over units and inputs.</param>
/// <param name="Spread">The standard deviation over the units of their mean.</param>
/// <param name="Deviation">The standard deviation over the inputs.</param>
/// <param name="Unevenness">How much that deviation differs from unit to unit, relative to it.</param>
internal readonly record struct PreActivation(double Mean, double Spread, double Deviation, double Unevenness)
{
    /// <summary>The expected largest of 1,024 draws of a standard normal distribution: a unit that is negative up to there is dead on that many inputs.</summary>
    private const double Reach = 3.2;

    private const int Points = 41;

    private const double Range = 4;

    /// <summary>The share of units that stay at or below <paramref name="threshold"/> on all of 1,024 inputs.</summary>
    /// <param name="threshold">0 for ReLU; -alpha for HeLU, whose gradient passes above it.</param>
    public double DeadShare(double threshold = 0)
    {
        double highest = Mean + (Reach * Deviation) - threshold;
        double uneven = Reach * Deviation * Unevenness;
        double spread = Math.Sqrt((Spread * Spread) + (uneven * uneven));
        return spread > 0 ? Below(-highest / spread) : highest > 0 ? 0 : 1;
    }

    /// <summary>Through the ReLUs.</summary>
    public Signal Rectified()
    {
        double meanSquare = 0, variance = 0, total = 0;
        for (int i = 0; i < Points; i++)
        {
            double z = Range * ((2.0 * i / (Points - 1)) - 1);
            double weight = Density(z);
            (double mean, double square) = Rectified(Mean + (Spread * z));
            meanSquare += weight * mean * mean;
            variance += weight * Math.Max(square - (mean * mean), 0);
            total += weight;
        }
        return new(meanSquare / total, variance / total);
    }

    /// <summary>Without a ReLU: as the next layer sees it.</summary>
    public Signal Linear() => new((Mean * Mean) + (Spread * Spread), Deviation * Deviation);

    /// <summary>The mean and mean square of max(0, x) where x is normal around <paramref name="mean"/>.</summary>
    private (double Mean, double Square) Rectified(double mean)
    {
        if (Deviation == 0)
            return mean > 0 ? (mean, mean * mean) : (0, 0);
        double z = mean / Deviation;
        double above = Below(z), density = Density(z);
        return ((Deviation * density) + (mean * above), (((mean * mean) + (Deviation * Deviation)) * above) + (mean * Deviation * density));
    }

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The standard normal distribution function, by the series of Abramowitz and Stegun 26.2.17: absolute error below 7.5e-8.</summary>
    private static double Below(double z)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail = Density(z) * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }
}
