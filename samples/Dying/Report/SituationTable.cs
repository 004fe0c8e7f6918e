using Dying.Comparing;
using Dying.Training;
using Samples.Common;
using Spectre.Console;

namespace Dying.Report;

/// <summary>A situation's figures, a line for each remedy, and the verdict below.</summary>
internal static class SituationTable
{
    public static void Write(IAnsiConsole console, SituationResult result)
    {
        console.WriteLine();
        Setup setup = result.Situation.Setup;
        console.WriteLine($"{result.Situation.Name}: {result.Situation.Title} ({result.Situation.Source})");
        console.WriteLine(FormattableString.Invariant($"learns {setup.Task.Formula}; SGD, lr {setup.LearningRate}, momentum {setup.Momentum}, {setup.Steps} steps of {setup.BatchSize}"));
        console.Write(Create(result));
        foreach (string sentence in Words.Sentences(result))
            console.WriteLine(sentence);
    }

    private static Table Create(SituationResult result)
    {
        Table table = new Table().RoundedBorder();
        table.AddColumn("remedy");
        string[] headings =
        [
            "dead at\nstart, %", "of these in\nreach, %", "dead after,\n% ± se", "constant\noutput, %", "diverged,\n%", "failed to\nlearn, %",
            "loss: median\n[quartiles]", "dead: fewer\n: more", "loss: lower\n: higher",
        ];
        foreach (string heading in headings)
            table.AddColumn(new TableColumn(heading.EscapeMarkup()).RightAligned());
        table.AddColumn("verdict");
        foreach ((string remedy, IReadOnlyList<Run> runs) in result.Runs)
        {
            Verdict? verdict = result.Verdicts.FirstOrDefault(verdict => verdict.Remedy == remedy);
            table.AddRow([.. Row(remedy, runs, verdict).Select(cell => cell.EscapeMarkup())]);
        }
        return table;
    }

    private static IEnumerable<string> Row(string remedy, IReadOnlyList<Run> runs, Verdict? verdict)
    {
        yield return remedy;
        yield return Figures.Percent(runs.Average(run => run.Start.DeadShare));
        int dead = runs.Sum(run => run.Start.Dead);
        yield return dead == 0 ? "-" : Figures.Percent(runs.Sum(run => run.Start.Near) / (double)dead);
        yield return Figures.MeanPercent([.. runs.Select(run => run.End.DeadShare)]);
        yield return Figures.Percent(runs.Count(run => run.End.Silent) / (double)runs.Count);
        yield return Figures.Percent(runs.Count(run => run.Diverged) / (double)runs.Count);
        yield return Figures.Percent(runs.Count(run => run.Failed) / (double)runs.Count);
        yield return Figures.MedianLoss([.. runs.Select(run => run.RelativeLoss)]);
        yield return verdict is null ? "" : Words.Of(verdict.Dead);
        yield return verdict is null ? "" : Words.Of(verdict.Loss);
        yield return verdict is null ? "" : Words.Cell(verdict);
    }
}
