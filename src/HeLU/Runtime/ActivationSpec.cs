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
    internal Tensor ApplyInPlace(Tensor x) => Kind switch
    {
        Kind.HeLU => Hysteresis.ApplyInPlace(x, Alpha),
        Kind.GELU => GeluInPlace(x),
        Kind.SiLU => x.silu_(),
        Kind.LeakyReLU => x.leaky_relu_(Alpha),
        Kind.ELU => EluInPlace(x, Alpha),
        Kind.Mish => MishInPlace(x),
        _ => x.relu_(),
    };

    /// <summary>
    /// The activation of a temporary that only the caller holds and whose producer does not need its output for the gradient: <paramref name="x"/> is
    /// overwritten and returned, or disposed.
    /// </summary>
    internal Tensor Consume(Tensor x)
    {
        if (Kind is Kind.ReLU or Kind.HeLU or Kind.LeakyReLU)
            return ApplyInPlace(x);
        using (x)
            return Apply(x);
    }

    /// <summary>A module that computes this activation.</summary>
    internal nn.Module<Tensor, Tensor> CreateModule(bool inplace) => Kind switch
    {
        Kind.HeLU => new Modules.HeLU(Alpha, inplace),
        Kind.GELU => nn.GELU(inplace),
        Kind.SiLU => nn.SiLU(inplace),
        Kind.LeakyReLU => nn.LeakyReLU(Alpha, inplace),
        Kind.ELU => nn.ELU(Alpha, inplace),
        // TorchSharp's in-place Mish overwrites what its own backward needs, and libtorch then ends the process or throws.
        Kind.Mish => nn.Mish(),
        _ => nn.ReLU(inplace),
    };

    private static Tensor GeluInPlace(Tensor x)
    {
        using Tensor alias = x.gelu_();
        return x;
    }

    // Tensor.elu_(double) of TorchSharp 0.107 leaves x as it is and returns a new tensor; the overload with three scalars does overwrite.
    private static Tensor EluInPlace(Tensor x, double alpha)
    {
        using Scalar scaleBelowZero = alpha;
        using Scalar one = 1.0;
        return x.elu_(scaleBelowZero, one, one);
    }

    // mish(x, inplace: true) of TorchSharp 0.107 overwrites what its own backward needs: compute from a copy, then overwrite.
    private static Tensor MishInPlace(Tensor x)
    {
        using Tensor kept = x.clone();
        using Tensor y = nn.functional.mish(kept);
        return x.copy_(y);
    }
}
