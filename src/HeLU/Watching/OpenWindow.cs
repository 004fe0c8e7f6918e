namespace Helu.Watching;

/// <summary>The window that is being filled. Not synchronised.</summary>
internal sealed class OpenWindow(int index, long firstStep) : IDisposable
{
    private readonly Dictionary<LayerRun, LayerStatistics> _layers = [];
    private readonly List<LayerRun> _order = [];

    public long Steps { get; private set; }

    public long SampledSteps { get; private set; }

    public bool HasLayers => _order.Count > 0;

    /// <summary>Counts a step, and tells whether it is sampled: the first and then every nth.</summary>
    public bool CountStep(int every)
    {
        bool isSampled = Steps++ % every == 0;
        SampledSteps += isSampled ? 1 : 0;
        return isSampled;
    }

    /// <summary>The statistics of a layer; new ones where it did not run in this window yet.</summary>
    public LayerStatistics Layer(LayerRun run, string activation, double alpha)
    {
        if (_layers.TryGetValue(run, out LayerStatistics? known))
            return known;
        _order.Add(run);
        return _layers[run] = new LayerStatistics(activation, alpha);
    }

    /// <summary>Waits for the device.</summary>
    public ActivationWindow Read() => new(index, firstStep, Steps, SampledSteps, [.. _order.Select(run => _layers[run].Read(Name(run))).OfType<LayerActivity>()]);

    public OpenWindow Next() => new(index + 1, firstStep + Steps);

    public void Dispose()
    {
        foreach (LayerStatistics statistics in _layers.Values)
            statistics.Dispose();
    }

    private string Name(LayerRun run) => _order.Count(other => other.Name == run.Name) == 1 ? run.Name : $"{run.Name} ({run.Units} units)";
}
