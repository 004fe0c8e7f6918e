namespace Helu.Analyzers.Risk;

/// <summary>What a layer's ReLUs are given: unit i sees a normal distribution over the inputs, its mean differs from unit to unit by another.</summary>
/// <param name="Mean">The mean over units and inputs.</param>
/// <param name="Spread">The standard deviation over the units of their mean.</param>
/// <param name="Deviation">The standard deviation over the inputs.</param>
/// <param name="Breadth">The narrowest width that the signal came through: how many directions it can vary in.</param>
/// <param name="Samples">How many independent values a unit sees: the inputs, and for a channel their places.</param>
/// <param name="Bias">The bias of the units is uniform between plus and minus this around the mean; part of the spread.</param>
internal readonly record struct PreActivation(double Mean, double Spread, double Deviation, double Breadth, double Samples, double Bias = 0)
{
    /// <summary>
    /// Fitted to units measured at initialisation: widths 8 to 512, inputs of 10 to 784 features, hidden layers 1 to 12, 1,024 inputs. Root mean square error of the
    /// share: .015 with torch's default initialisation (largest .08), .009 with Kaiming from width 32 on (largest .04); narrower ones are underestimated (.05; .13).
    /// </summary>
    private const double BreadthHalved = 4;

    private const int Points = 41;

    private const double Range = 4;

    /// <summary>An even number: no point stands where the share of a layer without any deviation jumps.</summary>
    private const int FinePoints = 240;

    private const double FineRange = 6;

    /// <summary>
    /// The share of units that stay at or below <paramref name="threshold"/> on all samples: the largest of n draws of a normal distribution is below x with
    /// probability Phi(x)^n. A narrow network's units are not normal: few directions, and none of them without an end, which narrows the deviation by
    /// breadth / (breadth + 4).
    /// </summary>
    /// <param name="threshold">0 for ReLU; -alpha for HeLU, whose gradient passes above it.</param>
    public double DeadShare(double threshold = 0)
    {
        double deviation = Deviation * (double.IsInfinity(Breadth) ? 1 : Breadth / (Breadth + BreadthHalved));
        double dead = 0, total = 0;
        for (int i = 0; i < FinePoints; i++)
        {
            double z = FineRange * ((2.0 * i / (FinePoints - 1)) - 1);
            double weight = UnitDensity(z), room = threshold - Mean - (Spread * z);
            dead += weight * (deviation > 0 ? Math.Pow(Below(room / deviation), Samples) : room >= 0 ? 1 : 0);
            total += weight;
        }
        return dead / total;
    }

    /// <summary>The density of a unit's mean, in units of the spread: normal from the weights, with a uniform bias that deep layers are left with alone.</summary>
    private double UnitDensity(double z)
    {
        if (Bias == 0)
            return Density(z);
        double bias = Bias / Spread;
        double weights = Math.Sqrt(Math.Max(1 - (bias * bias / 3), 1e-6));
        return Below((z + bias) / weights) - Below((z - bias) / weights);
    }

    /// <summary>Through the ReLUs.</summary>
    /// <param name="width">How many there are; null where that is not known.</param>
    public Signal Rectified(double? width)
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
        return new(meanSquare / total, variance / total, Math.Min(Breadth, width ?? double.PositiveInfinity));
    }

    /// <summary>Without a ReLU: as the next layer sees it.</summary>
    public Signal Linear() => new((Mean * Mean) + (Spread * Spread), Deviation * Deviation, Breadth);

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
