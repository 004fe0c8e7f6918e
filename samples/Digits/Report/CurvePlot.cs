using Digits.Training;
using Helu.Monitoring;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace Digits.Report;

/// <summary>Loss and dead units against epochs, mean over seeds, one colour for each configuration.</summary>
internal static class CurvePlot
{
    /// <summary>Writes a PNG.</summary>
    public static void Save(string path, string subject, IReadOnlyList<Run> runs)
    {
        var plots = new Multiplot { Layout = new Columns() };
        plots.AddPlots(2);
        foreach (Plot plot in plots.GetPlots())
            PlotFont.Use(plot);
        Plot loss = plots.GetPlot(0);
        Draw(loss, runs, snapshot => snapshot.Loss);
        loss.Title($"{subject}: training loss", size: 16);
        loss.YLabel("mean cross-entropy (nats per image)", size: 14);
        loss.HideLegend();

        Plot dead = plots.GetPlot(1);
        Draw(dead, runs, snapshot => 100 * snapshot.DeadShare);
        dead.Title("dead hidden units", size: 16);
        dead.YLabel("never above 0 on the training set (% of units)", size: 14);
        dead.ShowLegend(Edge.Right); // For both, and over no curve.
        // Never thinner than 1 %: one dead unit should not look like many.
        double highest = runs.Max(run => run.Snapshots.Max(snapshot => 100 * snapshot.DeadShare));
        dead.Axes.SetLimitsY(-0.02 * Math.Max(highest, 1), 1.05 * Math.Max(highest, 1));

        plots.SavePng(path, 1400, 560);
    }

    private static void Draw(Plot plot, IReadOnlyList<Run> runs, Func<Snapshot, double> value)
    {
        plot.Add.Palette = new ScottPlot.Palettes.Category10();
        foreach (IGrouping<Configuration, Run> group in runs.GroupBy(run => run.Configuration))
        {
            double[] means = [.. Enumerable.Range(0, group.First().Snapshots.Count).Select(epoch => group.Average(run => value(run.Snapshots[epoch])))];
            double[] epochs = [.. Enumerable.Range(0, means.Length).Select(epoch => (double)epoch)];
            ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(epochs, means);
            curve.LegendText = group.Key.Name;
            curve.LineWidth = 2;
            curve.MarkerSize = 6;
        }
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        int seeds = runs.Select(run => run.Seed).Distinct().Count();
        plot.XLabel(seeds == 1 ? "epochs trained" : $"epochs trained (mean over {seeds} seeds)", size: 14);
    }
}
