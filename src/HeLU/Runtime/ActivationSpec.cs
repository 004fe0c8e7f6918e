using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>An activation kind with its parameter, and what it computes.</summary>
/// <param name="Kind">The activation.</param>
/// <param name="Alpha">Its parameter; ignored by kinds that have none.</param>
public readonly record struct ActivationSpec(Kind Kind, double Alpha)
{
    internal static ActivationSpec Create(Kind kind, double? alpha)
    {
        if (!KindParameters.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a value of Helu.Kind.");
        if (alpha is not { } given)
            return new(kind, KindParameters.DefaultAlpha(kind));
        if (KindParameters.Fault(kind, given) is { } fault)
            throw new ArgumentOutOfRangeException(nameof(alpha), given, fault);
        return new(kind, given);
    }

    /// <summary>The activation of <paramref name="x"/> as a new tensor of its shape.</summary>
    internal Tensor Apply(Tensor x) => Kind switch
    {
        Kind.HeLU => Hysteresis.Apply(x, Alpha),
        Kind.GELU => x.gelu(),
        Kind.SiLU => x.silu(),
        Kind.LeakyReLU => nn.functional.leaky_relu(x, Alpha),
        Kind.ELU => x.elu(Alpha),
        Kind.Mish => nn.functional.mish(x),
        _ => x.relu(),
    };

    /// <summary>Overwrites <paramref name="x"/> with its activation and returns the same object.</summary>
    internal Tensor ApplyInPlace(Tensor x)
    {
        if (Kind == Kind.HeLU)
            return Hysteresis.ApplyInPlace(x, Alpha);
        using Tensor alias = Kind switch
        {
            Kind.GELU => nn.functional.gelu(x, inplace: true),
            Kind.SiLU => nn.functional.silu(x, inplace: true),
            Kind.LeakyReLU => nn.functional.leaky_relu(x, Alpha, inplace: true),
            Kind.ELU => nn.functional.elu(x, Alpha, inplace: true),
            Kind.Mish => nn.functional.mish(x, inplace: true),
            _ => nn.functional.relu(x, inplace: true),
        };
        return x;
    }

    /// <summary>A module that computes this activation.</summary>
    internal nn.Module<Tensor, Tensor> CreateModule(bool inplace) => Kind switch
    {
        Kind.HeLU => new Modules.HeLU(Alpha, inplace),
        Kind.GELU => nn.GELU(inplace),
        Kind.SiLU => nn.SiLU(inplace),
        Kind.LeakyReLU => nn.LeakyReLU(Alpha, inplace),
        Kind.ELU => nn.ELU(Alpha, inplace),
        Kind.Mish => nn.Mish(inplace),
        _ => nn.ReLU(inplace),
    };
}
