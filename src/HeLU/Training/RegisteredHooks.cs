using System.Collections;
using System.Reflection;
using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>The forward hooks of a module, whatever its inputs: TorchSharp keeps them in four protected dictionaries of a generic base class.</summary>
internal sealed class RegisteredHooks
{
    private static readonly string[] s_fields = ["pre_hooks", "post_hooks", "module_pre_hooks", "module_post_hooks"];

    private readonly ICollection[] _hooks;

    private RegisteredHooks(ICollection[] hooks) => _hooks = hooks;

    /// <summary>Whether one is registered now.</summary>
    public bool Any
    {
        get
        {
            foreach (ICollection hooks in _hooks)
            {
                if (hooks.Count > 0)
                    return true;
            }
            return false;
        }
    }

    public static RegisteredHooks Of(nn.Module module)
    {
        for (Type? type = module.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(nn.HookableModule<,>))
                return new([.. s_fields.Select(name => (ICollection)type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(module)!)]);
        }
        return new([]);
    }
}
