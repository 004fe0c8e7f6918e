using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using PostHook = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using PreHook = System.Func<TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace Helu.Runtime;

/// <summary>The forward hooks of a module, which TorchSharp keeps in four protected dictionaries.</summary>
internal static class Hooks
{
    public static bool Any(ReLU module) =>
        PreHooks(module).Count + PostHooks(module).Count + ModulePreHooks(module).Count + ModulePostHooks(module).Count > 0;

    /// <summary>From now on a hook that is registered on either module runs for both: a replaced ReLU's hooks go on running.</summary>
    public static void Share(ReLU from, Module<Tensor, Tensor> with)
    {
        PreHooks(with) = PreHooks(from);
        PostHooks(with) = PostHooks(from);
        ModulePreHooks(with) = ModulePreHooks(from);
        ModulePostHooks(with) = ModulePostHooks(from);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "pre_hooks")]
    private static extern ref Dictionary<string, PreHook> PreHooks(HookableModule<PreHook, PostHook> module);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "post_hooks")]
    private static extern ref Dictionary<string, PostHook> PostHooks(HookableModule<PreHook, PostHook> module);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_pre_hooks")]
    private static extern ref Dictionary<string, Action<Module>> ModulePreHooks(HookableModule<PreHook, PostHook> module);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "module_post_hooks")]
    private static extern ref Dictionary<string, Action<Module>> ModulePostHooks(HookableModule<PreHook, PostHook> module);
}
