using Helu.Watching;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Helu.Monitoring;

/// <summary>Draws the share of dead units, those that were never above 0 in a window, as colours, layers downwards and windows to the right, and writes a PNG when it is disposed.</summary>
public sealed class ActivationHeatMap : IActivationReport
{
    private const int PixelsPerLayer = 28;
    private const int PixelsAround = 130;
    private const int MostStepTicks = 10;

    private readonly string _path;
    private readonly List<string> _layers = [];
    private readonly List<(long Steps, Dictionary<string, double> DeadPercent)> _windows = [];
    private bool _isDisposed;

    /// <summary>The folder is made now, the file when the last window is in.</summary>
    /// <param name="path">Where the PNG is written; a file that is there is replaced.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be made.</exception>
    public ActivationHeatMap(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
    }

    /// <summary>Of the whole picture, in pixels. Default: 1000</summary>
    public int Width { get; init; } = 1000;

    /// <summary>Of the whole picture, in pixels. Null, the default: what the layers need.</summary>
    public int? Height { get; init; }

    /// <summary>Above the plot. Default: dead units</summary>
    public string Title { get; init; } = "dead units";

    /// <inheritdoc/>
    public void Add(ActivationWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        _layers.AddRange(window.Layers.Select(layer => layer.Layer).Except(_layers));
        _windows.Add((window.LastStep + 1, window.Layers.ToDictionary(layer => layer.Layer, layer => 100 * layer.DeadShare)));
    }

    /// <summary>Writes the PNG; nothing where there was no window.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (_layers.Count > 0)
            Draw().SavePng(_path, Width, Height ?? PixelsAround + PixelsPerLayer * _layers.Count);
    }

    private Plot Draw()
    {
        var plot = new Plot();
        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(Percentages());
        map.Colormap = new ScottPlot.Colormaps.Inferno();
        map.NaNCellColor = Colors.LightGray;
        // Never narrower than 1 %: one dead unit should not look like many.
        map.ManualRange = new ScottPlot.Range(0, Math.Max(1, _windows.Max(window => window.DeadPercent.Values.DefaultIfEmpty().Max())));
        ScottPlot.Panels.ColorBar bar = plot.Add.ColorBar(map);
        bar.Label = "dead (% of units)";
        bar.LabelStyle.FontSize = 14;

        plot.Axes.Left.TickGenerator = new NumericManual([.. _layers.Select((layer, row) => new Tick(_layers.Count - 1 - row, layer))]);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. StepTicks()]);
        plot.Axes.SetLimits(-0.5, _windows.Count - 0.5, -0.5, _layers.Count - 0.5);
        plot.HideGrid();
        plot.Title(Title, size: 16);
        plot.XLabel("steps trained, at the end of the window", size: 14);
        plot.YLabel("layer", size: 14);
        PlotFont.Use(plot);
        PlotFont.Use(bar);
        return plot;
    }

    /// <summary>[layers, windows]; NaN where a layer did not run.</summary>
    private double[,] Percentages()
    {
        var percentages = new double[_layers.Count, _windows.Count];
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            for (int window = 0; window < _windows.Count; window++)
                percentages[layer, window] = _windows[window].DeadPercent.GetValueOrDefault(_layers[layer], double.NaN);
        }
        return percentages;
    }

    private IEnumerable<Tick> StepTicks()
    {
        int every = (_windows.Count + MostStepTicks - 1) / MostStepTicks;
        for (int window = every - 1; window < _windows.Count; window += every)
            yield return new Tick(window, FormattableString.Invariant($"{_windows[window].Steps:N0}"));
    }
}
