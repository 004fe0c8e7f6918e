using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests;

/// <summary>TorchSharp's own function for each <see cref="Kind"/>; for HeLU, which it lacks, the custom function.</summary>
internal static class Kinds
{
    private static readonly Dictionary<Kind, Func<Tensor, double, Tensor>> Own = new()
    {
        [Kind.ReLU] = (x, _) => nn.functional.relu(x),
        [Kind.HeLU] = (x, alpha) => HeluFunction.apply(x, alpha),
        [Kind.GELU] = (x, _) => nn.functional.gelu(x),
        [Kind.SiLU] = (x, _) => nn.functional.silu(x),
        [Kind.LeakyReLU] = (x, alpha) => nn.functional.leaky_relu(x, alpha),
        [Kind.ELU] = (x, alpha) => nn.functional.elu(x, alpha),
        [Kind.Mish] = (x, _) => nn.functional.mish(x),
    };

    public static TheoryData<Kind> All { get; } = [.. Enum.GetValues<Kind>()];

    /// <summary>Not the defaults, so that an alpha that gets lost shows.</summary>
    public static ActivationSpec Spec(Kind kind) => kind switch
    {
        Kind.HeLU => new(kind, .5),
        Kind.LeakyReLU => new(kind, .2),
        Kind.ELU => new(kind, .7),
        _ => new(kind, 0),
    };

    public static Tensor Expected(Tensor x, ActivationSpec spec) => Own[spec.Kind](x, spec.P0);

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
        AssertClose(autograd.grad([expected], [x], [grad])[0], autograd.grad([y], [x], [grad])[0]);
        using (no_grad())
            AssertClose(expected, actual(x));
    }

    public static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.True(actual.allclose(expected, rtol: 1e-12, atol: 1e-14), $"off by up to {(actual - expected).abs().max().item<double>():g3}");
}
