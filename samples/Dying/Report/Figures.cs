using System.Globalization;
using Samples.Common;

namespace Dying.Report;

/// <summary>Numbers as they stand in tables.</summary>
internal static class Figures
{
    /// <param name="share">0 to 1.</param>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}");

    /// <summary>Mean and its standard error over the seeds, in percent.</summary>
    public static string MeanPercent(IReadOnlyList<double> shares)
    {
        double mean = shares.Average();
        if (shares.Count == 1)
            return string.Create(CultureInfo.InvariantCulture, $"{100 * mean:0.0}");
        double variance = shares.Sum(share => (share - mean) * (share - mean)) / (shares.Count - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{100 * mean:0.0} ± {100 * Math.Sqrt(variance / shares.Count):0.0}");
    }

    /// <summary>Median and quartiles.</summary>
    public static string MedianLoss(IReadOnlyList<double> losses) =>
        $"{Loss(Statistics.Median(losses))} [{Loss(Statistics.Quantile(losses, 0.25))}, {Loss(Statistics.Quantile(losses, 0.75))}]";

    private static string Loss(double loss) => double.IsFinite(loss) ? loss.ToString("0.00", CultureInfo.InvariantCulture) : "∞";
}
