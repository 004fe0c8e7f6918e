using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.KindTests;

/// <summary>The kinds that TorchSharp lacks, in each form in which PyTorch users call an activation.</summary>
public sealed class OwnFormsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Module, module in place, function, function in place, method, method in place.</summary>
    private static readonly Dictionary<Kind, Func<Tensor, ActivationSpec, Tensor>[]> Forms = new()
    {
        [Kind.StraightThrough] =
        [
            (x, _) => nn.StraightThrough().call(x), (x, _) => nn.StraightThrough(inplace: true).call(x.clone()),
            (x, _) => nn.functional.straight_through(x), (x, _) => nn.functional.straight_through(x.clone(), inplace: true),
            (x, _) => x.straight_through(), (x, _) => x.clone().straight_through_(),
        ],
        [Kind.LeakyBackward] =
        [
            (x, s) => nn.LeakyBackward(s.P0).call(x), (x, s) => nn.LeakyBackward(s.P0, inplace: true).call(x.clone()),
            (x, s) => nn.functional.leaky_backward(x, s.P0), (x, s) => nn.functional.leaky_backward(x.clone(), s.P0, inplace: true),
            (x, s) => x.leaky_backward(s.P0), (x, s) => x.clone().leaky_backward_(s.P0),
        ],
        [Kind.ClippedStraightThrough] =
        [
            (x, s) => nn.ClippedStraightThrough(s.P0).call(x), (x, s) => nn.ClippedStraightThrough(s.P0, inplace: true).call(x.clone()),
            (x, s) => nn.functional.clipped_straight_through(x, s.P0), (x, s) => nn.functional.clipped_straight_through(x.clone(), s.P0, inplace: true),
            (x, s) => x.clipped_straight_through(s.P0), (x, s) => x.clone().clipped_straight_through_(s.P0),
        ],
        [Kind.SUGAR] =
        [
            (x, s) => nn.SUGAR(s.P0).call(x), (x, s) => nn.SUGAR(s.P0, inplace: true).call(x.clone()),
            (x, s) => nn.functional.sugar(x, s.P0), (x, s) => nn.functional.sugar(x.clone(), s.P0, inplace: true),
            (x, s) => x.sugar(s.P0), (x, s) => x.clone().sugar_(s.P0),
        ],
        [Kind.SquaredReLU] =
        [
            (x, _) => nn.SquaredReLU().call(x), (x, _) => nn.SquaredReLU(inplace: true).call(x.clone()),
            (x, _) => nn.functional.squared_relu(x), (x, _) => nn.functional.squared_relu(x.clone(), inplace: true),
            (x, _) => x.squared_relu(), (x, _) => x.clone().squared_relu_(),
        ],
        [Kind.SmeLU] =
        [
            (x, s) => nn.SmeLU(s.P0).call(x), (x, s) => nn.SmeLU(s.P0, inplace: true).call(x.clone()),
            (x, s) => nn.functional.smelu(x, s.P0), (x, s) => nn.functional.smelu(x.clone(), s.P0, inplace: true),
            (x, s) => x.smelu(s.P0), (x, s) => x.clone().smelu_(s.P0),
        ],
        [Kind.GoLU] =
        [
            (x, _) => nn.GoLU().call(x), (x, _) => nn.GoLU(inplace: true).call(x.clone()),
            (x, _) => nn.functional.golu(x), (x, _) => nn.functional.golu(x.clone(), inplace: true),
            (x, _) => x.golu(), (x, _) => x.clone().golu_(),
        ],
        [Kind.SAU] =
        [
            (x, s) => nn.SAU(s.P0, s.P1).call(x), (x, s) => nn.SAU(s.P0, s.P1, inplace: true).call(x.clone()),
            (x, s) => nn.functional.sau(x, s.P0, s.P1), (x, s) => nn.functional.sau(x.clone(), s.P0, s.P1, inplace: true),
            (x, s) => x.sau(s.P0, s.P1), (x, s) => x.clone().sau_(s.P0, s.P1),
        ],
        [Kind.Quadratic] =
        [
            (x, s) => nn.Quadratic(s.P0, s.P1, s.P2).call(x), (x, s) => nn.Quadratic(s.P0, s.P1, s.P2, inplace: true).call(x.clone()),
            (x, s) => nn.functional.quadratic(x, s.P0, s.P1, s.P2), (x, s) => nn.functional.quadratic(x.clone(), s.P0, s.P1, s.P2, inplace: true),
            (x, s) => x.quadratic(s.P0, s.P1, s.P2), (x, s) => x.clone().quadratic_(s.P0, s.P1, s.P2),
        ],
        [Kind.SiLU] =
        [
            (x, s) => nn.Swish(s.P0).call(x), (x, s) => nn.Swish(s.P0, inplace: true).call(x.clone()),
            (x, s) => nn.functional.swish(x, s.P0), (x, s) => nn.functional.swish(x.clone(), s.P0, inplace: true),
            (x, s) => x.swish(s.P0), (x, s) => x.clone().swish_(s.P0),
        ],
    };

    public static TheoryData<Kind> Names { get; } = [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_form_has_the_kinds_value_and_gradient(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        foreach (Func<Tensor, ActivationSpec, Tensor> form in Forms[kind])
            Kinds.AssertComputes(spec, x => form(x, spec));
    }

    [Fact]
    public void Defaults_are_those_of_the_kind()
    {
        Tensor x = Inputs.Random(ScalarType.Float64);
        (Kind Kind, Tensor Value)[] cases =
        [
            (Kind.SmeLU, nn.SmeLU().call(x)), (Kind.SmeLU, x.smelu()), (Kind.SAU, nn.SAU().call(x)), (Kind.SAU, nn.functional.sau(x)),
            (Kind.Quadratic, nn.Quadratic().call(x)), (Kind.Quadratic, x.quadratic()), (Kind.SiLU, nn.Swish().call(x)), (Kind.SiLU, nn.functional.swish(x)),
        ];
        Assert.All(cases, c => Kinds.AssertClose(Kinds.Expected(x, Defaults.Of(c.Kind)), c.Value));
        Assert.Equal((.01, 1.0, 1.67), (nn.LeakyBackward().slope, nn.ClippedStraightThrough().clip, nn.SUGAR().alpha));
    }

    [Fact]
    public void A_parameter_out_of_range_is_refused_by_name()
    {
        Tensor x = zeros(1);
        Refused("slope", () => nn.LeakyBackward(double.NaN));
        Refused("clip", () => nn.ClippedStraightThrough(0));
        Refused("clip", () => x.clipped_straight_through(-1));
        Refused("alpha", () => nn.functional.sugar(x, 0));
        Refused("beta", () => x.smelu_(0));
        Refused("beta", () => nn.SmeLU().beta = double.PositiveInfinity);
        Refused("slope", () => nn.SAU(double.NegativeInfinity));
        Refused("sigma", () => nn.SAU(.1, 0));
        Refused("sigma", () => nn.functional.sau(x, .1, double.NaN));
        Refused("c", () => nn.Quadratic(1, 1, double.NaN));
        Refused("a", () => x.quadratic(double.NaN));
        Refused("beta", () => nn.Swish(-1));

        static void Refused(string name, Func<object> call) => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(call).ParamName);
    }
}
