using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>What activation modules compute, with their parameters as they are now.</summary>
internal static class ActivationModuleSpecs
{
    /// <summary>Null for a module that is no activation of one kind.</summary>
    public static ActivationSpec? Of(nn.Module module) => module switch
    {
        ReLU => new(Kind.ReLU),
        Modules.HeLU m => new(Kind.HeLU, m.alpha),
        GELU { approximate: GELU.Approximate.none } => new(Kind.GELU),
        SiLU => new(Kind.SiLU, 1),
        LeakyReLU m => new(Kind.LeakyReLU, m.negative_slope),
        ELU m => new(Kind.ELU, m.alpha),
        Mish => new(Kind.Mish),
        _ => null,
    };
}
