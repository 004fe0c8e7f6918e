namespace Digits.Report;

/// <summary>Mean and spread over seeds.</summary>
/// <param name="Deviation">Sample standard deviation (n - 1); NaN for a single value.</param>
internal readonly record struct Spread(double Mean, double Deviation)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        double deviation = all.Length > 1 ? Math.Sqrt(all.Sum(value => (value - mean) * (value - mean)) / (all.Length - 1)) : double.NaN;
        return new(mean, deviation);
    }

    public string Percent(string format)
    {
        string mean = (100 * Mean).ToString(format);
        return double.IsNaN(Deviation) ? mean : $"{mean} ± {(100 * Deviation).ToString(format)}";
    }
}
