using Helu.Activations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>What an activation computes on tensors.</summary>
internal static class ActivationSpecExtensions
{
    extension(ActivationSpec spec)
    {
        /// <summary>The kind with values for its first parameters, and defaults for the rest.</summary>
        /// <exception cref="ArgumentOutOfRangeException">kind is not a value of <see cref="Kind"/>, a value is outside its range, or there are more values than the kind has parameters.</exception>
        public static ActivationSpec Create(Kind kind, ReadOnlySpan<double> parameters)
        {
            if (!KindParameters.IsDefined(kind))
                throw NotAKind(kind);
            KindParameter[] known = KindParameters.Of(kind);
            if (parameters.Length > known.Length)
            {
                string has = known.Length == 0 ? "no parameter" : $"{known.Length}: {string.Join(", ", known.Select(parameter => parameter.Name))}";
                throw new ArgumentOutOfRangeException(nameof(parameters), parameters[known.Length], $"Kind.{kind} has {has}; {parameters.Length} given.");
            }
            Span<double> values = [known.ElementAtOrDefault(0)?.Default ?? 0, known.ElementAtOrDefault(1)?.Default ?? 0, known.ElementAtOrDefault(2)?.Default ?? 0];
            for (int i = 0; i < parameters.Length; i++)
                values[i] = ParameterValues.Checked(parameters[i], kind, i, nameof(parameters));
            return new(kind, values[0], values[1], values[2]);
        }

        /// <summary>The activation of <paramref name="x"/> as a new tensor of its shape. PReLU is computed with its slope as it is at the start.</summary>
        public Tensor Apply(Tensor x) => spec.Kind switch
        {
            Kind.ReLU => x.relu(),
            Kind.HeLU => Hysteresis.Apply(x, spec.P0),
            Kind.GELU => x.gelu(),
            Kind.SiLU => Swish.Apply(x, spec.P0),
            Kind.LeakyReLU or Kind.PReLU => x.leaky_relu(Scalars.Of(spec.P0)),
            Kind.ELU => x.elu(Scalars.Of(spec.P0), Scalars.One, Scalars.One),
            Kind.Mish => nn.functional.mish(x),
            Kind.StraightThrough => StraightThrough.Apply(x),
            Kind.LeakyBackward => LeakyBackward.Apply(x, spec.P0),
            Kind.ClippedStraightThrough => ClippedStraightThrough.Apply(x, spec.P0),
            Kind.SUGAR => Sugar.Apply(x, spec.P0),
            Kind.SELU => x.selu(),
            Kind.CELU => x.celu(Scalars.Of(spec.P0)),
            Kind.GELUTanh => x.gelu(GELU.Approximate.tanh),
            Kind.Softplus => x.softplus(spec.P0, spec.P1),
            Kind.Hardswish => x.hardswish(),
            Kind.ReLU6 => x.relu6(),
            Kind.SquaredReLU => SquaredReLU.Apply(x),
            Kind.SmeLU => SmeLU.Apply(x, spec.P0),
            Kind.GoLU => GoLU.Apply(x),
            Kind.SAU => Sau.Apply(x, spec.P0, spec.P1),
            Kind.Identity => x.clone(),
            Kind.Quadratic => Quadratic.Apply(x, spec.P0, spec.P1, spec.P2),
            _ => throw NotAKind(spec.Kind),
        };

        /// <summary>Overwrites <paramref name="x"/> with its activation and returns the same object.</summary>
        public Tensor ApplyInPlace(Tensor x) => spec.Kind switch
        {
            Kind.ReLU => x.relu_(),
            Kind.HeLU => Hysteresis.ApplyInPlace(x, spec.P0),
            Kind.GELU => GeluInPlace(x, GELU.Approximate.none),
            Kind.SiLU => Swish.ApplyInPlace(x, spec.P0),
            Kind.LeakyReLU or Kind.PReLU => LeakyReluInPlace(x, spec.P0),
            // elu_(double) of TorchSharp 0.107 leaves x as it is and returns a new tensor; this overload does overwrite.
            Kind.ELU => x.elu_(Scalars.Of(spec.P0), Scalars.One, Scalars.One),
            Kind.StraightThrough => StraightThrough.ApplyInPlace(x),
            Kind.LeakyBackward => LeakyBackward.ApplyInPlace(x, spec.P0),
            Kind.ClippedStraightThrough => ClippedStraightThrough.ApplyInPlace(x, spec.P0),
            Kind.SUGAR => Sugar.ApplyInPlace(x, spec.P0),
            Kind.SELU => x.selu_(),
            Kind.CELU => x.celu_(Scalars.Of(spec.P0)),
            Kind.GELUTanh => GeluInPlace(x, GELU.Approximate.tanh),
            Kind.Hardswish => x.hardswish_(),
            Kind.ReLU6 => x.relu6_(),
            Kind.SquaredReLU => SquaredReLU.ApplyInPlace(x),
            Kind.Identity => x,
            // mish(x, inplace: true) of TorchSharp 0.107 overwrites what its own backward needs; the rest have no in-place form.
            Kind.Mish or Kind.Softplus or Kind.SmeLU or Kind.GoLU or Kind.SAU or Kind.Quadratic => Gradients.Overwrite(x, kept => spec.Apply(kept)),
            _ => throw NotAKind(spec.Kind),
        };

        /// <summary>The activation of <paramref name="x"/>, which is overwritten where <paramref name="inplace"/> says so; a new tensor object in either case.</summary>
        public Tensor Apply(Tensor x, bool inplace) => inplace ? spec.ApplyInPlace(x).alias() : spec.Apply(x);

        /// <summary>
        /// The activation of a temporary that only the caller holds and whose producer does not need its output for the gradient: <paramref name="x"/> is
        /// overwritten and returned, or disposed.
        /// </summary>
        /// <remarks>
        /// Overwritten where the gradient needs at most the output or a mask of it, and does not round otherwise then, as ELU's does. The gradient of the others needs the input: overwriting would copy it first.
        /// </remarks>
        public Tensor Consume(Tensor x)
        {
            if (spec.Kind == Kind.SquaredReLU)
                return SquaredReLU.Consume(x);
            if (spec.OverwritesWithoutCopy || !Gradients.Recorded(x) && HasNativeInPlaceForm(spec.Kind))
                return spec.ApplyInPlace(x);
            using (x)
                return spec.Apply(x);
        }

        /// <summary>A module that computes this activation.</summary>
        public nn.Module<Tensor, Tensor> CreateModule(bool inplace) => spec.Kind switch
        {
            Kind.ReLU => nn.ReLU(inplace),
            Kind.HeLU => new Modules.HeLU(spec.P0, inplace),
            Kind.GELU => nn.GELU(inplace),
            Kind.SiLU => spec.P0 == 1 ? nn.SiLU(inplace) : new Modules.Swish(spec.P0, inplace),
            Kind.LeakyReLU => nn.LeakyReLU(spec.P0, inplace),
            Kind.ELU => nn.ELU(spec.P0, inplace),
            // TorchSharp's in-place Mish overwrites what its own backward needs, and libtorch then ends the process or throws.
            Kind.Mish => nn.Mish(),
            Kind.StraightThrough => new Modules.StraightThrough(inplace),
            Kind.LeakyBackward => new Modules.LeakyBackward(spec.P0, inplace),
            Kind.ClippedStraightThrough => new Modules.ClippedStraightThrough(spec.P0, inplace),
            Kind.SUGAR => new Modules.SUGAR(spec.P0, inplace),
            Kind.PReLU => nn.PReLU(1, spec.P0),
            Kind.SELU => nn.SELU(inplace),
            Kind.CELU => nn.CELU(spec.P0, inplace),
            Kind.GELUTanh => nn.GELU(GELU.Approximate.tanh, inplace),
            Kind.Softplus => nn.Softplus(spec.P0, spec.P1),
            Kind.Hardswish => nn.Hardswish(inplace),
            Kind.ReLU6 => nn.ReLU6(inplace),
            Kind.SquaredReLU => new Modules.SquaredReLU(inplace),
            Kind.SmeLU => new Modules.SmeLU(spec.P0, inplace),
            Kind.GoLU => new Modules.GoLU(inplace),
            Kind.SAU => new Modules.SAU(spec.P0, spec.P1, inplace),
            Kind.Identity => nn.Identity(),
            Kind.Quadratic => new Modules.Quadratic(spec.P0, spec.P1, spec.P2, inplace),
            _ => throw NotAKind(spec.Kind),
        };

        private bool OverwritesWithoutCopy => spec.Kind switch
        {
            Kind.LeakyReLU or Kind.PReLU => spec.P0 >= 0,
            _ => spec.Kind is Kind.ReLU or Kind.HeLU or Kind.StraightThrough or Kind.ReLU6 or Kind.Identity,
        };
    }

    /// <summary>Whether the in-place form, unrecorded, writes into x at once.</summary>
    private static bool HasNativeInPlaceForm(Kind kind) =>
        kind is not (Kind.Mish or Kind.Softplus or Kind.SmeLU or Kind.GoLU or Kind.SAU or Kind.Quadratic);

    private static ArgumentOutOfRangeException NotAKind(Kind kind) => new(nameof(kind), kind, "Not a value of Helu.Kind.");

    private static Tensor GeluInPlace(Tensor x, GELU.Approximate approximate)
    {
        using Tensor alias = x.gelu_(approximate);
        return x;
    }

    // libtorch computes the gradient of the in-place form from the output, which tells the sides apart for a slope of 0 or more only.
    private static Tensor LeakyReluInPlace(Tensor x, double slope) =>
        slope >= 0 || !Gradients.Recorded(x) ? x.leaky_relu_(Scalars.Of(slope)) : Gradients.Overwrite(x, kept => kept.leaky_relu(Scalars.Of(slope)));
}
