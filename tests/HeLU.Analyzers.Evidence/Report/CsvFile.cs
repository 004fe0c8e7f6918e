using System.Globalization;
using Helu.Analyzers.Evidence.Measuring;

namespace Helu.Analyzers.Evidence.Report;

/// <summary>Everything that was measured and predicted: a line for each ReLU layer of each case.</summary>
internal static class CsvFile
{
    private const string Head =
        "case,half,rules,predicted,risky_measured,all_dead_init,all_dead_trained,diverged,line,call,units,dead_init,dead_trained";

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<CaseResult> results) => File.WriteAllLines(path, [Head, .. results.SelectMany(Lines)]);

    private static IEnumerable<string> Lines(CaseResult result)
    {
        Measurement measured = result.Measurement;
        string start = Join(
            result.Case,
            result.Case.Half,
            string.Join(' ', result.Predictions.Select(prediction => prediction.Rule)),
            string.Join(' ', result.Predictions.Select(prediction => prediction.Share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-")),
            measured.IsRisky,
            measured.AllDeadAtInitialisation,
            measured.AllDeadTrained,
            measured.Diverged);
        return measured.Layers.Count == 0
            ? [$"{start},,,,,"]
            : measured.Layers.Select(layer => $"{start},{Join(layer.Line, layer.Call, layer.Units, layer.AtInitialisation, layer.Trained)}");
    }

    private static string Join(params object[] values) =>
        string.Join(',', values.Select(value => value is double number ? number.ToString("0.####", CultureInfo.InvariantCulture) : value.ToString()));
}
