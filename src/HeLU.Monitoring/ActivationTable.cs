using System.Globalization;
using Helu.Monitoring.Table;
using Helu.Watching;
using Spectre.Console;
using Spectre.Console.Rendering;
using SpectreTable = Spectre.Console.Table;

namespace Helu.Monitoring;

/// <summary>
/// The latest window as a table, a line for each layer with the history of its dead units as a sparkline. For a program that draws its own terminal: <see cref="LiveActivationTable"/>
/// draws it by itself. Windows may be added on another thread than the one that draws.
/// </summary>
public sealed class ActivationTable : IActivationReport
{
    private readonly Queue<ActivationWindow> _windows = [];
    private readonly Lock _gate = new();

    /// <summary>How many windows a sparkline shows, the latest: 1 or more. Default: 20</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int History
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(History), value, "A sparkline shows 1 window or more.");
    } = 20;

    /// <summary>Whether the terminal shows block characters. Default: true</summary>
    public bool IsUnicode { get; init; } = true;

    /// <inheritdoc/>
    public void Add(ActivationWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        lock (_gate)
        {
            _windows.Enqueue(window);
            if (_windows.Count > History)
                _windows.Dequeue();
        }
    }

    /// <summary>The table as it is now; without lines where there was no window.</summary>
    /// <param name="layers">How many layers at most: those with the largest share of dead units, in their order. Null: all.</param>
    public IRenderable ToRenderable(int? layers = null)
    {
        ActivationWindow[] windows;
        lock (_gate)
            windows = [.. _windows];
        // Never lower than 1 %: one dead unit should not look like many.
        double highest = Math.Max(0.01, windows.SelectMany(window => window.Layers).Select(layer => layer.DeadShare).DefaultIfEmpty().Max());
        SpectreTable table = Columns(highest);
        if (windows is not [.., var latest])
            return table;
        LayerActivity[] shown = Shown(latest, layers ?? int.MaxValue);
        foreach (LayerActivity layer in shown)
            table.AddRow(Row(layer, windows, highest));
        string left = shown.Length < latest.Layers.Count ? $"; {latest.Layers.Count - shown.Length} layers with fewer dead units not shown" : "";
        table.Caption = new TableTitle(string.Create(CultureInfo.InvariantCulture, $"window {latest.Index}, steps {latest.FirstStep} to {latest.LastStep}, {latest.SampledSteps} sampled{left}"));
        return table;
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }

    private static LayerActivity[] Shown(ActivationWindow window, int most)
    {
        if (window.Layers.Count <= most)
            return [.. window.Layers];
        HashSet<LayerActivity> worst = new(window.Layers.OrderByDescending(layer => layer.DeadShare).Take(most), ReferenceEqualityComparer.Instance);
        return [.. window.Layers.Where(worst.Contains)];
    }

    private static SpectreTable Columns(double highest)
    {
        SpectreTable table = new SpectreTable().RoundedBorder();
        table.AddColumn("layer");
        table.AddColumn("activation");
        foreach (string heading in new[] { "units", "dead, %", "in reach, %", "silent, %", "zeros, %", "mean" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        table.AddColumn(string.Create(CultureInfo.InvariantCulture, $"dead, 0 to {100 * highest:0.#} %"));
        return table;
    }

    private string[] Row(LayerActivity layer, ActivationWindow[] windows, double highest) =>
    [
        layer.Layer.EscapeMarkup(),
        layer.Activation.EscapeMarkup(),
        layer.Units.Count.ToString(CultureInfo.InvariantCulture),
        Percent(layer.DeadShare),
        Percent(layer.ShareWithinReach),
        Percent(layer.DynamicDeadRate),
        Percent(layer.Sparsity),
        layer.MeanActivation.ToString("0.###", CultureInfo.InvariantCulture),
        Sparkline.Of(windows.Select(window => window.Layers.FirstOrDefault(other => other.Layer == layer.Layer)?.DeadShare ?? double.NaN), highest, IsUnicode),
    ];

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
