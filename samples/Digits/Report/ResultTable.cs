using Digits.Training;
using Spectre.Console;

namespace Digits.Report;

/// <summary>What came out, one line for each configuration.</summary>
internal static class ResultTable
{
    public static Table Create(string title, IReadOnlyList<Run> runs)
    {
        Table table = new Table().Title(title.EscapeMarkup()).RoundedBorder();
        table.AddColumn("activation");
        table.AddColumn(new TableColumn("test\naccuracy, %").RightAligned());
        foreach (LayerUnits layer in runs[0].Snapshots[^1].Layers)
            table.AddColumn(new TableColumn($"dead in {layer.Name}\nof {layer.Count}, %".EscapeMarkup()).RightAligned());
        table.AddColumn(new TableColumn("time per\nepoch, s").RightAligned());
        foreach (IGrouping<Configuration, Run> group in runs.GroupBy(run => run.Configuration))
            table.AddRow([.. Row(group.Key, [.. group])]);
        return table.Caption(Explanation(runs).EscapeMarkup());
    }

    private static IEnumerable<string> Row(Configuration configuration, IReadOnlyList<Run> runs)
    {
        yield return configuration.Name.EscapeMarkup();
        yield return Spread.Of(runs.Select(run => run.TestAccuracy)).Percent("0.00");
        for (int layer = 0; layer < runs[0].Snapshots[^1].Layers.Count; layer++)
            yield return Spread.Of(runs.Select(run => run.Snapshots[^1].Layers[layer].DeadShare)).Percent("0.0");
        double[] seconds = [.. runs.SelectMany(run => run.EpochTimes).Select(time => time.TotalSeconds).Order()];
        yield return seconds[seconds.Length / 2].ToString("0.000");
    }

    private static string Explanation(IReadOnlyList<Run> runs)
    {
        int diverged = runs.Count(run => !double.IsFinite(run.Snapshots[^1].Loss));
        string note = diverged == 0 ? "" : $"\n{diverged} of {runs.Count} runs diverged (their loss is not finite): lower --lr.";
        return "mean ± sd over seeds; dead: never above 0 before the activation, on the whole training set,\n"
            + "after the last epoch; time: median epoch, training alone" + note;
    }
}
