using static TorchSharp.torch;

namespace Helu.Watching;

/// <summary>A call of a watched model, on one thread, that is sampled.</summary>
/// <param name="monitor">What it reports to.</param>
/// <param name="outer">Who watched when it began.</param>
internal sealed class WatchedForward(DeadUnitMonitor monitor, IActivationWatcher? outer) : IActivationWatcher
{
    private readonly Dictionary<string, int> _runs = [];
    private readonly Stack<string> _modules = [];
    private readonly IActivationWatcher? _container = outer is WatchedForward forward && forward.Monitor.Contains(monitor) ? outer : null;
    private (LayerStatistics Statistics, int UnitDimension)? _running;

    public DeadUnitMonitor Monitor => monitor;

    public IActivationWatcher? Outer => outer;

    /// <summary>The call of a monitor's model that runs on this thread and is sampled; null where there is none.</summary>
    public static WatchedForward? Of(DeadUnitMonitor monitor)
    {
        for (var forward = ActivationWatch.Current as WatchedForward; forward is not null; forward = forward.Outer as WatchedForward)
        {
            if (forward.Monitor == monitor)
                return forward;
        }
        return null;
    }

    /// <summary>A module of the user's own begins: what is called in it is labelled relative to it.</summary>
    public void Enter(string path) => _modules.Push(path);

    /// <summary>It ended. One that threw inside of it did not say so.</summary>
    public void Leave(string path)
    {
        if (!_modules.Contains(path))
            return;
        while (_modules.Pop() != path)
        {
        }
    }

    public void Input(string layer, ActivationSpec spec, Tensor x)
    {
        Input(_modules.TryPeek(out string? module) ? $"{module}.{layer}" : layer, WatchedActivation.Of(spec), x);
        _container?.Input(layer, spec, x);
    }

    public void Output(string layer, Tensor y)
    {
        Output(y);
        _container?.Output(layer, y);
    }

    /// <summary>As <see cref="Input(string, ActivationSpec, Tensor)"/>, with a path from the watched model on, and for this monitor alone.</summary>
    public void Input(string layer, WatchedActivation activation, Tensor x)
    {
        _running = null;
        if (x.dim() == 0 || x.numel() == 0)
            return;
        int run = _runs[layer] = _runs.GetValueOrDefault(layer) + 1;
        _running = monitor.AddInput(layer, run, activation, x);
    }

    /// <summary>As <see cref="Output(string, Tensor)"/>, for this monitor alone.</summary>
    public void Output(Tensor y)
    {
        if (_running is { } running)
            monitor.AddOutput(running.Statistics, running.UnitDimension, y);
        _running = null;
    }
}
