using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Tracing;
using Helu.Runtime;
using Helu.Watching;
using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>Activations: in the place of their input where that is a temporary; watched where somebody asks.</summary>
internal sealed class ActivationOperations(LiveModel model, Temporaries temporaries, Dictionary<Value, int> registers)
{
    private readonly Labels _labels = new();

    /// <summary>An activation that is called as a function.</summary>
    public TrainingOperation Of(ActivationCallNode call)
    {
        (Value input, ActivationSpec spec, string label) = (call.Inputs[0], call.Spec, _labels.OfCall(call.Inputs[0]));
        (int x, bool isInPlace, bool consumes) = (registers[input], call.IsInPlace, temporaries.Contain(input));
        Func<Tensor, Tensor>? inPlace = isInPlace ? x => spec.ApplyInPlace(x) : null;
        return run => Watched(run, x, spec, label, consumes, inPlace);
    }

    /// <summary>An activation module, or what it is swapped for; null for a module of another kind.</summary>
    public TrainingOperation? Of(ModuleCallNode call)
    {
        nn.Module module = model.ModuleOf(call.Module);
        if (module is not nn.Module<Tensor, Tensor> activation || ActivationModuleSpecs.Of(module) is not { } known)
            return null;
        Value input = call.Inputs[0];
        (int x, int y, ActivationSpec? swap, string label) = (registers[input], registers[call.Output], call.Swap, _labels.Of(call.Module));
        // A module of the model's own that works in place does so here too: its gradient may round otherwise than that of its other form.
        bool isInPlace = call.Module.Attributes.TryGetValue("inplace", out object? inplace) && inplace is true, consumes = (swap is not null || !isInPlace) && temporaries.Contain(input);
        Func<Tensor, Tensor>? inPlace = !isInPlace ? null : swap is { } other ? x => other.ApplyInPlace(x) : activation.forward;
        var hooks = RegisteredHooks.Of(module);
        return run =>
        {
            // Its slope is a parameter of the module.
            if (swap is { Kind: Kind.PReLU } learned && !hooks.Any)
                return Swap.forward(activation, run[x], learned, label);
            ActivationSpec spec = swap ?? ActivationModuleSpecs.Of(activation)!.Value;
            if (!hooks.Any)
                return Watched(run, x, spec, label, consumes, inPlace);
            run.Keep(x);
            run.Keep(y);
            ActivationWatch.Current?.Input(label, spec, run[x]);
            Tensor result = swap is { } swapped ? Hooked(activation, swapped, run[x]) : activation.call(run[x]);
            ActivationWatch.Current?.Output(label, result);
            return result;
        };
    }

    private static Tensor Watched(TrainingRun run, int x, ActivationSpec spec, string label, bool consumes, Func<Tensor, Tensor>? inPlace)
    {
        if (ActivationWatch.Current is not { } watcher)
            return Run(run, x, spec, consumes, inPlace);
        watcher.Input(label, spec, run[x]);
        Tensor y = Run(run, x, spec, consumes, inPlace);
        watcher.Output(label, y);
        return y;
    }

    private static Tensor Run(TrainingRun run, int x, ActivationSpec spec, bool consumes, Func<Tensor, Tensor>? inPlace)
    {
        if (!consumes || run.IsKept(x))
            return inPlace is null ? spec.Apply(run[x]) : inPlace(run[x]);
        Tensor y = spec.Consume(run[x]);
        run.Forget(x);
        return y;
    }

    /// <summary>The hooks of a swapped ReLU run around what it is swapped for; the watcher was told already.</summary>
    private static Tensor Hooked(nn.Module<Tensor, Tensor> relu, ActivationSpec spec, Tensor x)
    {
        IActivationWatcher? watcher = ActivationWatch.Current;
        ActivationWatch.Current = null;
        try
        {
            return Swap.call(relu, x, spec, "");
        }
        finally
        {
            ActivationWatch.Current = watcher;
        }
    }
}
