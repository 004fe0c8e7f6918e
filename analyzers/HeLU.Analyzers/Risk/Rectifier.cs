using Helu.ModelReading;
using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>The layers whose forward is ReLU's: ReLU in all its forms, HeLU, and a ReLU that is trained as HeLU.</summary>
internal static class Rectifier
{
    public static bool Is(Layer? layer) => layer is { Kind: LayerKind.HeLU } or { Kind: LayerKind.ReLU, Swap: null or { Kind: Kind.HeLU or Kind.ReLU } };

    /// <summary>Up to where a unit gets no gradient: 0 for ReLU, -alpha for HeLU.</summary>
    public static double Threshold(Layer rectifier) => rectifier switch
    {
        { Kind: LayerKind.HeLU, Module: { } module } => -Alpha(module),
        { Kind: LayerKind.HeLU } => -KindParameters.Default(Kind.HeLU).P0,
        { Swap.Spec: { Kind: Kind.HeLU, P0: var alpha } } => -alpha,
        _ => 0,
    };

    private static double Alpha(TracedModule module) =>
        module.Arguments.TryGetValue("alpha", out Value? value) && value is Value.Constant { Content: double alpha } ? alpha : KindParameters.Default(Kind.HeLU).P0;
}
