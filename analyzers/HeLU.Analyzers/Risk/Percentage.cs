using System.Globalization;

namespace Helu.Analyzers.Risk;

/// <summary>Shares as messages and properties spell them.</summary>
internal static class Percentage
{
    /// <summary>0.917 as <c>92 %</c>; never 100 %, which an expectation is not.</summary>
    public static string Text(double share) => share > 0.99 ? "over 99 %" : string.Format(CultureInfo.InvariantCulture, "{0:0} %", 100 * share);

    /// <summary>0.917 as a diagnostic's property.</summary>
    public static string Property(double share) => share.ToString("0.###", CultureInfo.InvariantCulture);
}
