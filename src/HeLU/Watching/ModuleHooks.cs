using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Watching;

/// <summary>The forward hooks by which a monitor sees modules.</summary>
internal static class ModuleHooks
{
    /// <summary>Lets <paramref name="monitor"/> see the activation modules in a model, and know which of the user's modules runs.</summary>
    /// <returns>What removes the hooks.</returns>
    public static IEnumerable<Action> Register(DeadUnitMonitor monitor, Module model)
    {
        HashSet<Module> seen = new(ReferenceEqualityComparer.Instance);
        HashSet<Module> reporting = new(LayersOfTrainingModules(model), ReferenceEqualityComparer.Instance);
        foreach ((string path, Module module) in model.named_modules().Prepend((model.GetName(), model)))
        {
            // A module that stands in two places runs the same hooks in both.
            if (!seen.Add(module) || reporting.Contains(module))
                continue;
            if (module is Module<Tensor, Tensor> activation && WatchedActivation.Is(module))
            {
                foreach (Action remove in OnActivation(monitor, path, activation))
                    yield return remove;
            }
            else if (module != model && IsUsers(module))
            {
                foreach (Action remove in OnUsers(monitor, path, module))
                    yield return remove;
            }
        }
    }

    /// <summary>Training modules report their activations themselves.</summary>
    private static IEnumerable<Module> LayersOfTrainingModules(Module model) =>
        model.modules().Prepend(model).OfType<IWatchedTraining>().SelectMany(training => training.Model.modules().Prepend(training.Model));

    private static bool IsUsers(Module module) => module.GetType().Assembly != typeof(Module).Assembly && module.GetType().Assembly != typeof(ModuleHooks).Assembly;

    private static IEnumerable<Action> OnActivation(DeadUnitMonitor monitor, string path, Module<Tensor, Tensor> module)
    {
        var hook = new ActivationHook(monitor, path);
        yield return module.register_forward_pre_hook(hook.Before).remove;
        yield return module.register_forward_hook(hook.After).remove;
    }

    /// <summary>A module of another type than these is passed unseen: what is called in it is labelled as if it stood in its container.</summary>
    private static IEnumerable<Action> OnUsers(DeadUnitMonitor monitor, string path, Module module) => module switch
    {
        Module<Tensor, Tensor> one => OnUsers(monitor, path, one),
        Module<Tensor, Tensor, Tensor> two => OnUsers(monitor, path, two),
        Module<Tensor, Tensor, Tensor, Tensor> three => OnUsers(monitor, path, three),
        _ => [],
    };

    private static IEnumerable<Action> OnUsers<TPreHook, TPostHook>(DeadUnitMonitor monitor, string path, HookableModule<TPreHook, TPostHook> module)
    {
        yield return module.register_forward_pre_hook((Module _) => WatchedForward.Of(monitor)?.Enter(path)).remove;
        yield return module.register_forward_hook((Module _) => WatchedForward.Of(monitor)?.Leave(path)).remove;
    }
}
