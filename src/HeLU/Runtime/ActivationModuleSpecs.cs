using Helu.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>What activation modules compute, with their parameters as they are now.</summary>
internal static class ActivationModuleSpecs
{
    /// <summary>Null for a module that is no activation of one kind: PReLU's slopes are no numbers.</summary>
    public static ActivationSpec? Of(nn.Module module) => module switch
    {
        ReLU => new(Kind.ReLU),
        Modules.HeLU m => new(Kind.HeLU, m.alpha),
        StraightThrough => new(Kind.StraightThrough),
        LeakyBackward m => new(Kind.LeakyBackward, m.slope),
        ClippedStraightThrough m => new(Kind.ClippedStraightThrough, m.clip),
        SUGAR m => new(Kind.SUGAR, m.alpha),
        GELU m => new(m.approximate == GELU.Approximate.tanh ? Kind.GELUTanh : Kind.GELU),
        SiLU => new(Kind.SiLU, 1),
        Swish m => new(Kind.SiLU, m.beta),
        LeakyReLU m => new(Kind.LeakyReLU, m.negative_slope),
        ELU m => new(Kind.ELU, m.alpha),
        SELU => new(Kind.SELU),
        CELU m => new(Kind.CELU, m.alpha),
        Mish => new(Kind.Mish),
        Softplus m => new(Kind.Softplus, m.beta, m.threshold),
        ReLU6 => new(Kind.ReLU6),
        Hardswish => new(Kind.Hardswish),
        SquaredReLU => new(Kind.SquaredReLU),
        SmeLU m => new(Kind.SmeLU, m.beta),
        GoLU => new(Kind.GoLU),
        SAU m => new(Kind.SAU, m.slope, m.sigma),
        Quadratic m => new(Kind.Quadratic, m.a, m.b, m.c),
        _ => null,
    };
}
