using System.Runtime.CompilerServices;
using Helu.Watching;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Fields = Helu.Runtime.Hooks.FieldsOf<
    System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>,
    System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>>;

namespace Helu.Runtime;

/// <summary>The forward hooks of a module, which TorchSharp keeps in four protected dictionaries.</summary>
internal static class Hooks
{
    /// <summary>Whether hooks are to run. A monitor's see nothing while no watched forward runs on this thread: a module that has only those does without.</summary>
    public static bool Any(Module<Tensor, Tensor> module) => Count(module) > 0 && (ActivationWatch.Current is not null || !AreMonitors(module));

    public static int Count(Module<Tensor, Tensor> module) =>
        Fields.PreHooks(module).Count + Fields.PostHooks(module).Count + Fields.ModulePreHooks(module).Count + Fields.ModulePostHooks(module).Count;

    /// <summary>From now on a hook that is registered on either module runs for both: a replaced ReLU's hooks go on running.</summary>
    public static void Share(ReLU from, Module<Tensor, Tensor> with)
    {
        Fields.PreHooks(with) = Fields.PreHooks(from);
        Fields.PostHooks(with) = Fields.PostHooks(from);
        Fields.ModulePreHooks(with) = Fields.ModulePreHooks(from);
        Fields.ModulePostHooks(with) = Fields.ModulePostHooks(from);
    }

    private static bool AreMonitors(Module<Tensor, Tensor> module)
    {
        if (Fields.ModulePreHooks(module).Count + Fields.ModulePostHooks(module).Count > 0)
            return false;
        foreach (Delegate hook in Fields.PreHooks(module).Values)
        {
            if (hook.Target is not ActivationHook)
                return false;
        }
        foreach (Delegate hook in Fields.PostHooks(module).Values)
        {
            if (hook.Target is not ActivationHook)
                return false;
        }
        return true;
    }

    /// <summary>An accessor of a generic class's field must itself stand in a class with the same type parameters.</summary>
    internal static class FieldsOf<TPreHook, TPostHook>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pre_hooks")]
        public static extern ref Dictionary<string, TPreHook> PreHooks(HookableModule<TPreHook, TPostHook> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "post_hooks")]
        public static extern ref Dictionary<string, TPostHook> PostHooks(HookableModule<TPreHook, TPostHook> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_pre_hooks")]
        public static extern ref Dictionary<string, Action<Module>> ModulePreHooks(HookableModule<TPreHook, TPostHook> module);

        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_post_hooks")]
        public static extern ref Dictionary<string, Action<Module>> ModulePostHooks(HookableModule<TPreHook, TPostHook> module);
    }
}
