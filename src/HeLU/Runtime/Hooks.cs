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
        Of<PreHook, PostHook>.PreHooks(module).Count + Of<PreHook, PostHook>.PostHooks(module).Count
        + Of<PreHook, PostHook>.ModulePreHooks(module).Count + Of<PreHook, PostHook>.ModulePostHooks(module).Count > 0;

    /// <summary>From now on a hook that is registered on either module runs for both: a replaced ReLU's hooks go on running.</summary>
    public static void Share(ReLU from, Module<Tensor, Tensor> with)
    {
        Of<PreHook, PostHook>.PreHooks(with) = Of<PreHook, PostHook>.PreHooks(from);
        Of<PreHook, PostHook>.PostHooks(with) = Of<PreHook, PostHook>.PostHooks(from);
        Of<PreHook, PostHook>.ModulePreHooks(with) = Of<PreHook, PostHook>.ModulePreHooks(from);
        Of<PreHook, PostHook>.ModulePostHooks(with) = Of<PreHook, PostHook>.ModulePostHooks(from);
    }

    /// <summary>Accessors of a generic type's fields must be members of a type with the same type parameters.</summary>
    private static class Of<TPreHook, TPostHook>
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
