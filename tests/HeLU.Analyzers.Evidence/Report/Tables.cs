using Helu.Analyzers.Evidence.Cases;
using Helu.Analyzers.Evidence.Predicting;
using Spectre.Console;
using Half = Helu.Analyzers.Evidence.Cases.Half;

namespace Helu.Analyzers.Evidence.Report;

/// <summary>The tables that the run prints.</summary>
internal static class Tables
{
    private const int WidthOfFile = 160;

    public static void Write(IAnsiConsole console, IReadOnlyList<CaseResult> results)
    {
        // Into a file or a pipe Spectre writes 80 columns.
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = Math.Max(console.Profile.Width, WidthOfFile);
        console.Write(OfCases(results));
        console.WriteLine("dead: share of units of the worst ReLU layer that never fire, mean over seeds, at initialisation -> after training, in %.");
        console.WriteLine("all dead: networks with constant output because a ReLU layer is dead as a whole, in %. diverged: output not finite, in %.");
        console.Write(OfScores(results));
        console.WriteLine("A rule: all its findings; its recall is of the risky cases of its own area. Overall: the findings that say that a program is risky,");
        console.WriteLine("which are those of HELU1001 to HELU1006 that state a number from what counts as risky on.");
        console.WriteLine("error: mean absolute difference of the number in the message and its measured counterpart.");
    }

    private static Table OfCases(IReadOnlyList<CaseResult> results)
    {
        Table table = new Table().RoundedBorder();
        foreach (string column in (string[])["case", "half", "predicted", "dead, %", "all dead, %", "diverged, %", "verdict"])
            table.AddColumn(column);
        foreach (CaseResult result in results)
        {
            Measuring.Measurement measured = result.Measurement;
            table.AddRow(
                result.Case.ToString().EscapeMarkup(),
                Name(result.Case.Half),
                string.Join(' ', result.Predictions.GroupBy(prediction => prediction.Rule).Select(Finding)),
                $"{Percent(measured.WorstAtInitialisation)} -> {Percent(measured.WorstTrained)}",
                $"{Percent(measured.AllDeadAtInitialisation)} -> {Percent(measured.AllDeadTrained)}",
                Percent(measured.Diverged),
                Verdict(result));
        }
        return table;
    }

    private static Table OfScores(IReadOnlyList<CaseResult> results)
    {
        Table table = new Table().RoundedBorder();
        foreach (string column in (string[])["rule", "half", "hits", "false alarms", "misses", "precision", "recall", "predicted, %", "measured, %", "error, %"])
            table.AddColumn(column);
        foreach (string rule in Area.All.Select(area => area.Rule).OfType<string>())
            AddHalves(table, rule, results, half => Score.OfRule(rule, half), half => Calibration.Of(rule, half));
        AddHalves(table, "overall", results, Score.Overall, _ => null);
        return table;
    }

    private static void AddHalves(
        Table table, string name, IReadOnlyList<CaseResult> results, Func<IEnumerable<CaseResult>, Score> score, Func<IEnumerable<CaseResult>, Calibration?> calibration)
    {
        foreach (Half? half in (Half?[])[Half.Tuning, Half.HeldOut, null])
        {
            CaseResult[] part = [.. results.Where(result => half is null || result.Case.Half == half)];
            Score s = score(part);
            Calibration? c = calibration(part);
            table.AddRow(
                name, half is { } one ? Name(one) : "both", $"{s.Hits}", $"{s.FalseAlarms}", $"{s.Misses}", Ratio(s.Precision), Ratio(s.Recall),
                c is null ? "" : Percent(c.Predicted), c is null ? "" : Percent(c.Measured), c is null ? "" : Percent(c.Error));
        }
    }

    private static string Finding(IGrouping<string, Prediction> findings)
    {
        double? share = findings.Max(finding => finding.Share);
        return share is { } number ? $"{findings.Key} {Percent(number)}" : findings.Key;
    }

    private static string Verdict(CaseResult result) => (result.IsPredictedRisky, result.Measurement.IsRisky) switch
    {
        (true, true) => "hit",
        (true, false) => "FALSE ALARM",
        (false, true) => "MISS",
        _ => "healthy",
    };

    private static string Name(Half half) => half == Half.Tuning ? "tuning" : "held-out";

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0}");

    private static string Ratio(double ratio) => double.IsNaN(ratio) ? "-" : FormattableString.Invariant($"{ratio:0.00}");
}
