using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>What an activation computes on tensors.</summary>
internal static class ActivationSpecExtensions
{
    extension(ActivationSpec spec)
    {
        /// <summary>The kind with one value for its first parameter, or with its defaults.</summary>
        /// <exception cref="ArgumentOutOfRangeException">kind is not a value of <see cref="Kind"/>, or alpha is outside its range or the kind has no parameter.</exception>
        public static ActivationSpec Create(Kind kind, double? alpha)
        {
            if (!KindParameters.IsDefined(kind))
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a value of Helu.Kind.");
            if (alpha is not { } given)
                return KindParameters.Default(kind);
            if (KindParameters.Of(kind) is not [var parameter, ..])
                throw new ArgumentOutOfRangeException(nameof(alpha), given, $"Kind.{kind} has no alpha; remove it");
            if (parameter.Fault(kind, given) is { } fault)
                throw new ArgumentOutOfRangeException(nameof(alpha), given, fault);
            return KindParameters.Default(kind) with { P0 = given };
        }

        /// <summary>The activation of <paramref name="x"/> as a new tensor of its shape.</summary>
        public Tensor Apply(Tensor x) => spec.Kind switch
        {
            Kind.HeLU => Hysteresis.Apply(x, spec.P0),
            Kind.GELU => x.gelu(),
            Kind.SiLU => x.silu(),
            Kind.LeakyReLU => nn.functional.leaky_relu(x, spec.P0),
            Kind.ELU => x.elu(spec.P0),
            Kind.Mish => nn.functional.mish(x),
            Kind.ReLU => x.relu(),
            _ => throw NotAKind(spec.Kind),
        };

        /// <summary>Overwrites <paramref name="x"/> with its activation and returns the same object.</summary>
        public Tensor ApplyInPlace(Tensor x) => spec.Kind switch
        {
            Kind.HeLU => Hysteresis.ApplyInPlace(x, spec.P0),
            Kind.GELU => GeluInPlace(x),
            Kind.SiLU => x.silu_(),
            Kind.LeakyReLU => x.leaky_relu_(spec.P0),
            Kind.ELU => EluInPlace(x, spec.P0),
            Kind.Mish => MishInPlace(x),
            Kind.ReLU => x.relu_(),
            _ => throw NotAKind(spec.Kind),
        };

        /// <summary>
        /// The activation of a temporary that only the caller holds and whose producer does not need its output for the gradient: <paramref name="x"/> is
        /// overwritten and returned, or disposed.
        /// </summary>
        public Tensor Consume(Tensor x)
        {
            if (spec.Kind is Kind.ReLU or Kind.HeLU or Kind.LeakyReLU)
                return spec.ApplyInPlace(x);
            using (x)
                return spec.Apply(x);
        }

        /// <summary>A module that computes this activation.</summary>
        public nn.Module<Tensor, Tensor> CreateModule(bool inplace) => spec.Kind switch
        {
            Kind.HeLU => new Modules.HeLU(spec.P0, inplace),
            Kind.GELU => nn.GELU(inplace),
            Kind.SiLU => nn.SiLU(inplace),
            Kind.LeakyReLU => nn.LeakyReLU(spec.P0, inplace),
            Kind.ELU => nn.ELU(spec.P0, inplace),
            // TorchSharp's in-place Mish overwrites what its own backward needs, and libtorch then ends the process or throws.
            Kind.Mish => nn.Mish(),
            Kind.ReLU => nn.ReLU(inplace),
            _ => throw NotAKind(spec.Kind),
        };
    }

    private static ArgumentOutOfRangeException NotAKind(Kind kind) => new(nameof(kind), kind, "Not a value of Helu.Kind.");

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
