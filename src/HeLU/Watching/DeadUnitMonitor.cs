using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Watching;

/// <summary>
/// Watches the activations of a model while it trains: which units are dead, how many of those HeLU reaches, how often units are silent, how sparse and how large activations
/// are; layer by layer and unit by unit, over windows of steps.
/// </summary>
/// <remarks>
/// It sees activation modules (ReLU, LeakyReLU, PReLU, RReLU, ReLU6, ELU, SELU, CELU, GELU, SiLU, Mish, Softplus, Hardswish, and those of <see cref="Modules"/>) in any model,
/// and functions (<c>functional.relu(x)</c>, <c>x.relu()</c>) in annotated classes; a training module reports all of its own. A call is watched on the thread that makes it, and only <c>call</c>
/// counts: <c>forward</c> runs no hooks. A model whose forward calls the model itself is watched in the innermost call.
/// Numbers gather on the device of the activations; the host waits for them only where a window ends. Calls from several threads are counted together.
/// </remarks>
/// <example>
/// <code>
/// using var monitor = DeadUnitMonitor.Attach(model);
/// for (int epoch = 0; epoch &lt; epochs; epoch++)
/// {
///     TrainEpoch(model);
///     foreach (LayerActivity layer in monitor.EndWindow().Layers)
///         Console.WriteLine($"{layer.Layer}: {layer.DeadShare:P1} of the units are dead, {layer.ShareWithinReach:P1} within HeLU's reach");
/// }
/// </code>
/// </example>
public sealed class DeadUnitMonitor : IDisposable
{
    private const double DefaultAlpha = 0.05;

    private readonly Module _model;
    private readonly DeadUnitOptions _options;
    private readonly HashSet<Module> _modules;
    private readonly bool _hasConv1d;
    private readonly List<Action> _removeHooks = [];
    private readonly Queue<ActivationWindow> _windows = [];
    private readonly Lock _gate = new();
    private OpenWindow _window = new(index: 0, firstStep: 0);
    private bool _isDisposed;

    private DeadUnitMonitor(Module model, DeadUnitOptions options)
    {
        _model = model;
        _options = options;
        Module layers = model is IWatchedTraining training ? training.Model : model;
        _modules = new(layers.modules().Prepend(layers).Prepend(model), ReferenceEqualityComparer.Instance);
        _hasConv1d = _modules.Any(module => module is TorchSharp.Modules.Conv1d or TorchSharp.Modules.ConvTranspose1d);
    }

    /// <summary>Raised for each window that ends, on the thread that ended it: within a call of the model where <see cref="DeadUnitOptions.WindowSteps"/> is set.</summary>
    public event Action<ActivationWindow>? WindowEnded;

    /// <summary>The windows that ended, oldest first; of more than <see cref="DeadUnitOptions.KeptWindows"/> the latest.</summary>
    public IReadOnlyList<ActivationWindow> Windows
    {
        get
        {
            lock (_gate)
                return [.. _windows];
        }
    }

    /// <summary>Watches <paramref name="model"/> from its next call on, until the monitor is disposed. Modules that are put into it later are not seen.</summary>
    /// <param name="model">Any module. A model may have several monitors, and so may a model and a part of it.</param>
    /// <param name="options">The defaults where not given.</param>
    /// <exception cref="ArgumentNullException">model is null.</exception>
    /// <exception cref="ArgumentException">
    /// model is a training module and the options include evaluation: it runs the model's own forward then. Attach the monitor to that model.
    /// </exception>
    public static DeadUnitMonitor Attach<TPreHook, TPostHook>(HookableModule<TPreHook, TPostHook> model, DeadUnitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new DeadUnitOptions();
        if (options.IncludeEvaluation && model is IWatchedTraining)
        {
            throw new ArgumentException(
                $"{model.GetType().Name} reports its activations in training mode only, and {nameof(DeadUnitOptions.IncludeEvaluation)} asks for evaluation too: attach the monitor to the model that it trains.",
                nameof(model));
        }
        var monitor = new DeadUnitMonitor(model, options);
        monitor._removeHooks.Add(model.register_forward_pre_hook((Module _) => monitor.Begin()).remove);
        monitor._removeHooks.AddRange(ModuleHooks.Register(monitor, model));
        monitor._removeHooks.Add(model.register_forward_hook((Module _) => monitor.End()).remove);
        return monitor;
    }

    /// <summary>Ends the window, waits for the device, and begins the next window.</summary>
    /// <exception cref="InvalidOperationException">No step was counted since the last window ended, or no activation ever showed; the message says what to do.</exception>
    /// <exception cref="ObjectDisposedException">The monitor is disposed.</exception>
    public ActivationWindow EndWindow()
    {
        ActivationWindow ended;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_window.Steps == 0)
                throw new InvalidOperationException(NoStep());
            ended = CloseWindow();
        }
        WindowEnded?.Invoke(ended);
        return ended;
    }

    /// <summary>Removes every hook and frees the numbers of the window that did not end. <see cref="Windows"/> stays.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _removeHooks.ForEach(remove => remove());
            _window.Dispose();
        }
        Leave();
    }

    /// <summary>Whether another monitor's model is a part of this one's.</summary>
    internal bool Contains(DeadUnitMonitor other) => _modules.Contains(other._model);

    /// <returns>What the output is to be added to, and the dimension of the units; null once the monitor is disposed.</returns>
    internal (LayerStatistics Statistics, int UnitDimension)? AddInput(string layer, int run, WatchedActivation activation, Tensor x)
    {
        int unitDimension = UnitDimension(layer, (int)x.dim());
        var layout = UnitLayout.Of(x.shape, unitDimension);
        lock (_gate)
        {
            if (_isDisposed)
                return null;
            LayerStatistics statistics = _window.Layer(new LayerRun(layer, run, layout.Units), activation.Name, _options.Alpha ?? activation.Alpha ?? DefaultAlpha);
            using IDisposable? normal = NormalMode();
            using IDisposable noGradients = no_grad();
            statistics.AddInput(x, layout);
            return (statistics, unitDimension);
        }
    }

    internal void AddOutput(LayerStatistics statistics, int unitDimension, Tensor y)
    {
        var layout = UnitLayout.Of(y.shape, unitDimension);
        lock (_gate)
        {
            if (statistics.IsDisposed)
                return;
            using IDisposable? normal = NormalMode();
            using IDisposable noGradients = no_grad();
            statistics.AddOutput(y, layout);
        }
    }

    private void Begin()
    {
        // The call before did not say that it ended, if it threw.
        Leave();
        if (!_options.IncludeEvaluation && !_model.training)
            return;
        bool isSampled;
        lock (_gate)
            isSampled = !_isDisposed && _window.CountStep(_options.Every);
        if (isSampled)
            ActivationWatch.Current = new WatchedForward(this, ActivationWatch.Current);
    }

    private void End()
    {
        Leave();
        ActivationWindow? ended;
        lock (_gate)
            ended = !_isDisposed && _window.Steps >= _options.WindowSteps ? CloseWindow() : null;
        if (ended is not null)
            WindowEnded?.Invoke(ended);
    }

    private void Leave()
    {
        if (WatchedForward.Of(this) is { } forward)
            ActivationWatch.Current = forward.Outer;
    }

    private ActivationWindow CloseWindow()
    {
        if (!_window.HasLayers)
            throw new InvalidOperationException(NoActivation());
        ActivationWindow ended = _window.Read();
        _window.Dispose();
        _window = _window.Next();
        _windows.Enqueue(ended);
        if (_windows.Count > _options.KeptWindows)
            _windows.Dequeue();
        return ended;
    }

    private int UnitDimension(string layer, int dimensions)
    {
        if (_options.UnitDimension?.Invoke(layer) is not { } given)
            return dimensions is 1 || (dimensions is 3 && !_hasConv1d) ? dimensions - 1 : 1;
        int dimension = given < 0 ? given + dimensions : given;
        if (dimension >= 0 && dimension < dimensions)
            return dimension;
        throw new InvalidOperationException(
            $"{nameof(DeadUnitOptions)}.{nameof(DeadUnitOptions.UnitDimension)} gives {given} for layer {layer}, whose activations have {dimensions} dimensions: expected {-dimensions} to {dimensions - 1}.");
    }

    private string NoStep() =>
        $"{Name} was not called {(_options.IncludeEvaluation ? "" : "in training mode ")}since the last window ended: end a window after some steps. A step is model.call(x), also inside of another model; model.forward(x) runs no hooks and is not seen."
        + (_options.IncludeEvaluation ? "" : $" For calls in evaluation mode set {nameof(DeadUnitOptions)}.{nameof(DeadUnitOptions.IncludeEvaluation)}.");

    private string NoActivation() =>
        $"{_window.SampledSteps} sampled calls of {Name} showed no activation. Seen are activation modules (ReLU(), HeLU(), ...) that the model runs with call, and functional.relu(x) or x.relu() in classes with [Activation]: "
        + "annotate the class, [Activation(Kind.ReLU)] changes nothing else, or make the activations modules.";

    private string Name => _model.GetType().Name;

    /// <summary>Numbers that began in inference mode could not be added to outside of it.</summary>
    private static IDisposable? NormalMode() => is_inference_mode_enabled() ? inference_mode(false) : null;
}
