using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests;

/// <summary>TorchSharp's own function for each <see cref="Kind"/>, or its formula from the paper where TorchSharp has none; for HeLU the custom function.</summary>
internal static class Kinds
{
    private static readonly Dictionary<Kind, Func<Tensor, ActivationSpec, Tensor>> Own = new()
    {
        [Kind.ReLU] = (x, _) => nn.functional.relu(x),
        [Kind.HeLU] = (x, spec) => HeluFunction.apply(x, spec.P0),
        [Kind.GELU] = (x, _) => nn.functional.gelu(x),
        [Kind.SiLU] = (x, spec) => x * sigmoid(x * spec.P0),
        [Kind.LeakyReLU] = (x, spec) => nn.functional.leaky_relu(x, spec.P0),
        [Kind.ELU] = (x, spec) => nn.functional.elu(x, spec.P0),
        [Kind.Mish] = (x, _) => nn.functional.mish(x),
        [Kind.StraightThrough] = (x, _) => WithGradientOf(x, x),
        [Kind.LeakyBackward] = (x, spec) => WithGradientOf(x, nn.functional.leaky_relu(x, spec.P0)),
        [Kind.ClippedStraightThrough] = (x, spec) => WithGradientOf(x, where(x.abs() <= spec.P0, x, 0.0)),
        [Kind.SUGAR] = (x, spec) => WithGradientOf(x, (x + spec.P0) * sigmoid(x) - spec.P0 / 2),
        [Kind.PReLU] = (x, spec) => nn.functional.prelu(x, full(1, spec.P0, dtype: x.dtype)),
        [Kind.SELU] = (x, _) => nn.functional.selu(x),
        [Kind.CELU] = (x, spec) => nn.functional.celu(x, spec.P0),
        [Kind.GELUTanh] = (x, _) => nn.functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
        [Kind.Softplus] = (x, spec) => nn.functional.softplus(x, spec.P0, spec.P1),
        [Kind.Hardswish] = (x, _) => nn.functional.hardswish(x),
        [Kind.ReLU6] = (x, _) => nn.functional.relu6(x),
        [Kind.SquaredReLU] = (x, _) => where(x > 0, x * x, 0.0),
        [Kind.SmeLU] = (x, spec) => where(x <= -spec.P0, 0.0, where(x >= spec.P0, x, (x + spec.P0).square() / (4 * spec.P0))),
        [Kind.GoLU] = (x, _) => x * exp(-exp(-x)),
        [Kind.SAU] = (x, spec) => (1 + spec.P0) / 2 * x
            + (1 - spec.P0) / 2 * (x * erf(x / (spec.P1 * Math.Sqrt(2))) + spec.P1 * Math.Sqrt(2 / Math.PI) * exp(-x.square() / (2 * spec.P1 * spec.P1))),
        [Kind.Identity] = (x, _) => x * 1,
        [Kind.Quadratic] = (x, spec) => spec.P0 * x.square() + spec.P1 * x + spec.P2,
    };

    public static TheoryData<Kind> All { get; } = [.. Enum.GetValues<Kind>()];

    /// <summary>Those that learn no parameter, so that a call without a module can compute them.</summary>
    public static TheoryData<Kind> Functions { get; } = [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.PReLU)];

    /// <summary>Those of them whose in-place form changes the tensor.</summary>
    public static TheoryData<Kind> Overwriting { get; } = [.. Enum.GetValues<Kind>().Where(kind => kind is not (Kind.PReLU or Kind.Identity))];

    /// <summary>Not the defaults, so that a parameter that gets lost shows.</summary>
    public static ActivationSpec Spec(Kind kind) => kind switch
    {
        Kind.HeLU => new(kind, .5),
        Kind.SiLU => new(kind, 1.5),
        Kind.LeakyReLU or Kind.LeakyBackward => new(kind, .2),
        Kind.ELU or Kind.CELU => new(kind, .7),
        Kind.ClippedStraightThrough => new(kind, .8),
        Kind.SUGAR => new(kind, 1.2),
        // float32, as a module's parameter is, has it exactly.
        Kind.PReLU => new(kind, .375),
        Kind.Softplus => new(kind, 2, 3),
        Kind.SmeLU => new(kind, .6),
        Kind.SAU => new(kind, .3, .7),
        Kind.Quadratic => new(kind, .2, -.6, .3),
        _ => new(kind),
    };

    /// <summary>The parameters that the kind has.</summary>
    public static double[] Values(ActivationSpec spec) => spec.Kind switch
    {
        Kind.Softplus or Kind.SAU => [spec.P0, spec.P1],
        Kind.Quadratic => [spec.P0, spec.P1, spec.P2],
        Kind.HeLU or Kind.SiLU or Kind.LeakyReLU or Kind.LeakyBackward or Kind.ELU or Kind.CELU or Kind.ClippedStraightThrough or Kind.SUGAR or Kind.PReLU or Kind.SmeLU => [spec.P0],
        _ => [],
    };

    public static Tensor Expected(Tensor x, ActivationSpec spec) => Own[spec.Kind](x, spec);

    /// <summary>The value of max(0, x) with the gradient of <paramref name="surrogate"/>.</summary>
    private static Tensor WithGradientOf(Tensor x, Tensor surrogate) => surrogate + (x.relu() - surrogate).detach();

    /// <summary>
    /// Forward and gradient of <paramref name="actual"/> are those of TorchSharp's function. Up to rounding: in place, some
    /// gradients are computed from the output instead of the input.
    /// </summary>
    public static void AssertComputes(ActivationSpec spec, Func<Tensor, Tensor> actual)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Inputs.Random(ScalarType.Float64).requires_grad_();
        Tensor grad = Inputs.Random(ScalarType.Float64, x.numel(), seed: 3);
        Tensor expected = Expected(x, spec);

        Tensor y = actual(x);

        AssertClose(expected, y);
        AssertClose(autograd.grad([expected], [x], [grad])[0], autograd.grad([y], [x], [grad])[0], GradientTolerance(spec.Kind));
        using (no_grad())
            AssertClose(expected, actual(x));
    }

    /// <summary>libtorch rounds 1/alpha to float32 in CELU's gradient.</summary>
    public static double GradientTolerance(Kind kind) => kind == Kind.CELU ? 1e-6 : 1e-12;

    public static void AssertClose(Tensor expected, Tensor actual, double tolerance = 1e-12) =>
        Assert.True(actual.allclose(expected, rtol: tolerance, atol: tolerance / 10), $"off by up to {(actual - expected).abs().max().item<double>():g3}");
}
