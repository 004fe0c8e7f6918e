using Helu.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Watching;

/// <summary>An activation as the monitor names it.</summary>
/// <param name="Name">Of its kind or module.</param>
/// <param name="Alpha">HeLU's alpha; null for any other.</param>
internal readonly record struct WatchedActivation(string Name, double? Alpha)
{
    public static WatchedActivation Of(ActivationSpec spec) => new(spec.Kind.ToString(), spec.Kind == Kind.HeLU ? spec.P0 : null);

    public static WatchedActivation Of(nn.Module module) => new(module.GetType().Name, (module as Modules.HeLU)?.alpha);

    /// <summary>
    /// Whether a module is an activation whose units can be called dead: one that grows with x above zero and is small or flat far below it. Sigmoid and tanh saturate on both
    /// sides, and 0 means nothing to them.
    /// </summary>
    public static bool Is(nn.Module module) => ActivationModuleSpecs.Of(module) is not null || module is PReLU or RReLU;
}
