using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>The thresholds that an .editorconfig sets for a file. A value that is no number, or out of range, leaves the default.</summary>
internal sealed class RiskOptions(AnalyzerConfigOptions options)
{
    /// <summary>The share of dead units, 0 to 1, from which on a layer is reported.</summary>
    public double DeadShare => Share("helu.dead_share", 0.30);

    /// <summary>The probability, 0 to 1, from which on a network is reported that may be dead at initialisation.</summary>
    public double BornDeadProbability => Share("helu.born_dead_probability", 0.10);

    /// <summary>A number between 0 and 1.</summary>
    public double Share(string key, double @default) => Number(key, @default) is var value and >= 0 and <= 1 ? value : @default;

    /// <summary>A number that is not negative.</summary>
    public double Number(string key, double @default) =>
        options.TryGetValue(key, out string? text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && value >= 0
        && !double.IsInfinity(value)
            ? value
            : @default;
}
