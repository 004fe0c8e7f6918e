namespace Helu.Monitoring.Table;

/// <summary>Values as a row of bars, one character each.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const string AsciiBars = "_.-=+*#@";

    /// <param name="values">0 or more; NaN leaves a gap.</param>
    /// <param name="highest">What the highest bar stands for, above 0.</param>
    /// <param name="isUnicode">Whether the terminal shows block characters.</param>
    public static string Of(IEnumerable<double> values, double highest, bool isUnicode)
    {
        string bars = isUnicode ? Bars : AsciiBars;
        return string.Concat(values.Select(value => double.IsNaN(value) ? ' ' : bars[Math.Clamp((int)Math.Round(value / highest * (bars.Length - 1)), 0, bars.Length - 1)]));
    }
}
