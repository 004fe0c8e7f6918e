using Dying.Comparing;
using Dying.Training;
using Helu.Monitoring;
using Samples.Common;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace Dying.Report;

/// <summary>A situation's dead units and losses: a point for each seed, a bar at the median, a column for each remedy.</summary>
internal static class RemedyPlot
{
    // Losses above are drawn here: how far above says nothing more.
    private const double HighestLoss = 1.2;
    private const double HalfWidth = 0.3;

    /// <summary>Writes a PNG.</summary>
    public static void Save(string path, SituationResult result)
    {
        var plots = new Multiplot { Layout = new Columns() };
        plots.AddPlots(2);
        foreach (Plot plot in plots.GetPlots())
            PlotFont.Use(plot);
        Draw(plots.GetPlot(0), result, run => 100 * run.End.DeadShare, -3, 103);
        plots.GetPlot(0).Title($"{result.Situation.Name}: dead units after training, %", size: 16);
        Plot loss = plots.GetPlot(1);
        Draw(loss, result, run => Math.Min(run.RelativeLoss, HighestLoss), -0.03, HighestLoss + 0.05);
        loss.Title("loss over that of predicting the mean (top: higher, or diverged)", size: 16);
        loss.Add.HorizontalLine(1, width: 1, Colors.Gray, LinePattern.Dashed);
        plots.SavePng(path, 1400, 560);
    }

    private static void Draw(Plot plot, SituationResult result, Func<Run, double> value, double lowest, double highest)
    {
        plot.Add.Palette = new ScottPlot.Palettes.Category10();
        for (int column = 0; column < result.Runs.Count; column++)
        {
            IReadOnlyList<Run> runs = result.Runs[column].Runs;
            double[] values = [.. runs.Select(value)];
            double[] places = [.. runs.Select((_, index) => column + Offset(index, runs.Count))];
            Color colour = plot.Add.Palette.GetColor(column);
            plot.Add.ScatterPoints(places, values, colour.WithAlpha(0.6)).MarkerSize = 6;
            double median = Statistics.Median(values);
            plot.Add.Line(column - HalfWidth, median, column + HalfWidth, median).LineStyle = new LineStyle(3, colour);
        }
        plot.Axes.SetLimits(-0.6, result.Runs.Count - 0.4, lowest, highest);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, result.Runs.Count).Select(column => (double)column)], [.. result.Runs.Select(remedy => remedy.Remedy)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.MinimumSize = 110;
        plot.Axes.Left.MinimumSize = 80; // The first rotated label reaches to the left.
    }

    /// <summary>Seeds side by side, so that equal values are seen.</summary>
    private static double Offset(int index, int count) => count == 1 ? 0 : HalfWidth * ((2.0 * index / (count - 1)) - 1);
}
