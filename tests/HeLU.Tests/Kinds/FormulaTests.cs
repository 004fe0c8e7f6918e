using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.KindTests;

/// <summary>Value and gradient of every kind against its formula.</summary>
public sealed class FormulaTests : IDisposable
{
    /// <summary>From -5 to 5, off every kink.</summary>
    private static readonly double[] s_points = [.. Enumerable.Range(-40, 81).Select(i => i / 8.0 + .013)];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<Kind> Smooth { get; } =
    [
        .. Enum.GetValues<Kind>().Where(kind =>
            kind is not (Kind.HeLU or Kind.StraightThrough or Kind.LeakyBackward or Kind.ClippedStraightThrough or Kind.SUGAR)),
    ];

    public static TheoryData<Kind, ScalarType> KindsAndDtypes { get; } = Cases.Pairs(Enum.GetValues<Kind>(), Inputs.Dtypes);

    [Theory]
    [MemberData(nameof(KindsAndDtypes))]
    public void Value_and_gradient_are_those_of_the_formula(Kind kind, ScalarType dtype)
    {
        foreach (ActivationSpec spec in new[] { Kinds.Spec(kind), Defaults.Of(kind) })
        {
            Tensor x = tensor(s_points).to(dtype);
            double[] given = x.to(ScalarType.Float64).data<double>().ToArray();
            (Tensor y, Tensor gradient) = Run(v => spec.Apply(v), x);

            AssertClose([.. given.Select(at => Formula.Value(spec, at))], y, dtype, spec);
            AssertClose([.. given.Select(at => Formula.Gradient(spec, at))], gradient, dtype, spec);
        }
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void The_gradient_is_what_the_value_grows_by(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        Tensor x = tensor(s_points);
        (_, Tensor gradient) = Run(v => spec.Apply(v), x);
        const double h = 1e-6;

        Tensor difference = (spec.Apply(x + h) - spec.Apply(x - h)) / (2 * h);

        Assert.True(gradient.allclose(difference, rtol: 1e-6, atol: 1e-7), kind.ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void A_temporary_that_is_consumed_gives_the_same_value_and_gradient(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        Tensor x = Inputs.Random(ScalarType.Float64);
        (Tensor y, Tensor gradient) = Run(v => spec.Apply(v), x);

        (Tensor consumedY, Tensor consumedGradient) = Run(v => spec.Consume(v * 1), x);
        using (no_grad())
            Kinds.AssertClose(y, spec.Consume(x.clone()));

        Kinds.AssertClose(y, consumedY);
        Kinds.AssertClose(gradient, consumedGradient, Kinds.GradientTolerance(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void What_is_consumed_is_returned_or_disposed(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        foreach (bool gradient in new[] { false, true })
        {
            Tensor leaf = Inputs.Random(ScalarType.Float32, 16).requires_grad_(gradient);
            Tensor x = leaf * 1;
            Tensor y = spec.Consume(x);
            Assert.True(ReferenceEquals(x, y) || x.IsInvalid, $"{kind}, gradient {gradient}");
            Assert.False(y.IsInvalid);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Out_of_place_the_result_shares_no_memory_with_the_input(Kind kind)
    {
        Tensor x = Inputs.Random(ScalarType.Float32, 16);
        byte[] before = Bits.Of(x);

        Kinds.Spec(kind).Apply(x).fill_(7);

        Bits.AssertSame(before, x);
    }

    [Theory]
    [MemberData(nameof(KindsAndDtypes))]
    public void No_finite_input_gives_a_gradient_of_NaN(Kind kind, ScalarType dtype)
    {
        // The tanh form's derivative is infinity times 0 in libtorch itself where x² overflows.
        double largest = kind == Kind.GELUTanh ? 1e4 : dtype switch
        {
            ScalarType.Float64 => 1e308,
            ScalarType.Float16 => 6e4,
            _ => 3e38,
        };
        Tensor x = tensor([-largest, -1e4, -700, -100, -20, -1e-30, -0.0, 0.0, 1e-30, 20, 100, 700, 1e4, largest]).to(dtype);
        foreach (ActivationSpec spec in new[] { Kinds.Spec(kind), Defaults.Of(kind) })
        {
            (Tensor y, Tensor gradient) = Run(v => spec.Apply(v), x);
            Assert.False(y.isnan().any().item<bool>(), $"value {y.to(ScalarType.Float64).cstr()}");
            Assert.False(gradient.isnan().any().item<bool>(), $"gradient {gradient.to(ScalarType.Float64).cstr()}");
        }
    }

    [Theory]
    [InlineData(Kind.StraightThrough)]
    [InlineData(Kind.LeakyBackward)]
    [InlineData(Kind.ClippedStraightThrough)]
    [InlineData(Kind.SUGAR)]
    public void Those_with_ReLUs_forward_have_it_bit_for_bit(Kind kind)
    {
        foreach (ScalarType dtype in Inputs.Dtypes)
        {
            Tensor x = Inputs.Edges(dtype, .8);
            Tensor relu = x.relu();
            ActivationSpec spec = Kinds.Spec(kind);
            Tensor leaf = x.detach().requires_grad_();
            Bits.AssertSame(relu, spec.Apply(leaf));
            Bits.AssertSame(relu, spec.ApplyInPlace(leaf.clone()));
            Bits.AssertSame(relu, spec.Consume(leaf.clone()));
            Bits.AssertSame(relu, spec.Apply(x));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void Strides_and_shape_stay(Kind kind)
    {
        Tensor x = Inputs.Random(ScalarType.Float64, 2 * 3 * 5).view(2, 3, 5).permute(2, 0, 1);
        ActivationSpec spec = Kinds.Spec(kind);
        (Tensor y, Tensor gradient) = Run(v => spec.Apply(v), x);
        (Tensor inPlace, Tensor inPlaceGradient) = Run(v => spec.ApplyInPlace(v.clone()), x);

        Assert.Equal(x.shape, y.shape);
        Kinds.AssertClose(Kinds.Expected(x, spec), y);
        Kinds.AssertClose(y, inPlace);
        Kinds.AssertClose(gradient, inPlaceGradient, Kinds.GradientTolerance(kind));
    }

    private static (Tensor Value, Tensor Gradient) Run(Func<Tensor, Tensor> activation, Tensor x)
    {
        Tensor leaf = x.detach().requires_grad_();
        Tensor y = activation(leaf);
        return (y.detach(), autograd.grad([y], [leaf], [ones_like(y)])[0]);
    }

    private static void AssertClose(double[] expected, Tensor actual, ScalarType dtype, ActivationSpec spec)
    {
        (double relative, double absolute) = dtype switch
        {
            // libtorch rounds 1/alpha to float32 in CELU's gradient.
            ScalarType.Float64 => spec.Kind == Kind.CELU ? (1e-7, 1e-7) : (1e-9, 1e-9),
            ScalarType.Float32 => (1e-5, 1e-5),
            ScalarType.Float16 => (1e-2, 1e-2),
            _ => (5e-2, 5e-2),
        };
        Tensor wide = actual.to(ScalarType.Float64);
        Assert.True(wide.allclose(tensor(expected), relative, absolute), $"{spec}: off by up to {(wide - tensor(expected)).abs().max().item<double>():g3}");
    }
}
