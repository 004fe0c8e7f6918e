using Digits.Training;
using ScottPlot;
using ScottPlot.MultiplotLayouts;

namespace Digits.Report;

/// <summary>Loss and dead units against epochs, mean over seeds, one colour for each configuration.</summary>
internal static class CurvePlot
{
    private const string FontName = "DejaVu Sans";

    /// <summary>Writes a PNG.</summary>
    public static void Save(string path, string title, IReadOnlyList<Run> runs)
    {
        UseOwnFont();
        var plots = new Multiplot { Layout = new Columns() };
        plots.AddPlots(2);
        Draw(plots.GetPlot(0), runs, snapshot => snapshot.Loss, "Training loss (cross-entropy, nats per image)", title);
        Draw(plots.GetPlot(1), runs, snapshot => 100 * snapshot.DeadShare, "Dead hidden units (% of all, on the training set)", "");
        plots.SavePng(path, 1400, 560);
    }

    /// <summary>The same text on every machine, also on one without fonts.</summary>
    private static void UseOwnFont()
    {
        if (Fonts.Default == FontName)
            return;
        string file = Path.Combine(AppContext.BaseDirectory, "Report", "Font", "DejaVuSans.ttf");
        Fonts.AddFontFile(FontName, file, bold: false, italic: false);
        Fonts.AddFontFile(FontName, file, bold: true, italic: false);
        Fonts.Default = FontName;
    }

    private static void Draw(Plot plot, IReadOnlyList<Run> runs, Func<Snapshot, double> value, string label, string title)
    {
        plot.Add.Palette = new ScottPlot.Palettes.ColorblindFriendly();
        foreach (IGrouping<Configuration, Run> group in runs.GroupBy(run => run.Configuration))
        {
            double[] means = [.. Enumerable.Range(0, group.First().Snapshots.Count).Select(epoch => group.Average(run => value(run.Snapshots[epoch])))];
            double[] epochs = [.. Enumerable.Range(0, means.Length).Select(epoch => (double)epoch)];
            ScottPlot.Plottables.Scatter curve = plot.Add.Scatter(epochs, means);
            curve.LegendText = group.Key.Name;
            curve.LineWidth = 2;
            curve.MarkerSize = 6;
        }
        plot.Title(title);
        plot.XLabel("Epochs trained");
        plot.YLabel(label);
        plot.ShowLegend(Alignment.UpperRight);
    }
}
