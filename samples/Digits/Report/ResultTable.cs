using Digits.Training;
using Samples.Common;
using Spectre.Console;

namespace Digits.Report;

/// <summary>What came out, one line for each configuration.</summary>
internal static class ResultTable
{
    private const int WidthOfFile = 120;

    public static void Write(IAnsiConsole console, string title, IReadOnlyList<Run> runs)
    {
        ConsoleWidth.AtLeast(console, WidthOfFile); // The layers of a deep model.
        console.WriteLine(title);
        console.Write(Create(runs));
        console.WriteLine("accuracy: mean ± sd over seeds. dead: share of the layer's units that are never above 0 before the activation");
        console.WriteLine("on the whole training set, after the last epoch, mean over seeds. time: median epoch, training alone.");
        int diverged = runs.Count(run => !double.IsFinite(run.Snapshots[^1].Loss));
        if (diverged > 0)
            console.WriteLine($"{diverged} of {runs.Count} runs diverged (their loss is not finite): lower --lr.");
    }

    private static Table Create(IReadOnlyList<Run> runs)
    {
        Table table = new Table().RoundedBorder();
        table.AddColumn("activation");
        table.AddColumn(new TableColumn("test\naccuracy, %").RightAligned());
        foreach (LayerUnits layer in runs[0].Snapshots[^1].Layers)
            table.AddColumn(new TableColumn($"{layer.Name}\ndead, %".EscapeMarkup()).RightAligned());
        table.AddColumn(new TableColumn("time per\nepoch, s").RightAligned());
        foreach (IGrouping<Configuration, Run> group in runs.GroupBy(run => run.Configuration))
            table.AddRow([.. Row(group.Key, [.. group])]);
        return table;
    }

    private static IEnumerable<string> Row(Configuration configuration, IReadOnlyList<Run> runs)
    {
        yield return configuration.Name;
        yield return Accuracy([.. runs.Select(run => 100 * run.TestAccuracy)]);
        for (int layer = 0; layer < runs[0].Snapshots[^1].Layers.Count; layer++)
            yield return $"{100 * runs.Average(run => run.Snapshots[^1].Layers[layer].DeadShare):0.0}";
        yield return $"{Statistics.Median(runs.SelectMany(run => run.EpochTimes).Select(time => time.TotalSeconds)):0.000}";
    }

    private static string Accuracy(double[] percent)
    {
        double mean = percent.Average();
        if (percent.Length == 1)
            return $"{mean:0.00}";
        double deviation = Math.Sqrt(percent.Sum(value => (value - mean) * (value - mean)) / (percent.Length - 1));
        return $"{mean:0.00} ± {deviation:0.00}";
    }
}
