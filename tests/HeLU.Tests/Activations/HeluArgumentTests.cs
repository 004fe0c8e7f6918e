using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Activations;

public sealed class HeluArgumentTests
{
    public static TheoryData<string, double> FormsAndBadAlphas { get; } =
        Cases.Pairs(HeluForms.All, [-1.0, -double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity]);

    [Theory]
    [MemberData(nameof(FormsAndBadAlphas))]
    public void Alpha_that_is_negative_or_not_finite_is_refused_by_name(string form, double alpha)
    {
        using Tensor x = Inputs.Random(ScalarType.Float32, 8);

        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => HeluForms.Apply(form, x, alpha));

        Assert.Equal("alpha", refused.ParamName);
        Assert.Equal(alpha, refused.ActualValue);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Modules_property_refuses_such_an_alpha_and_keeps_the_old_one(double alpha)
    {
        using Modules.HeLU module = nn.HeLU(.3);

        Assert.Equal("alpha", Assert.Throws<ArgumentOutOfRangeException>(() => module.alpha = alpha).ParamName);
        Assert.Equal(.3, module.alpha);
    }

    [Fact]
    public void Negative_zero_is_zero()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Inputs.Edges(ScalarType.Float32, 0).requires_grad_();
        Tensor grad = Inputs.Gradients(ScalarType.Float32, x.numel());

        Bits.AssertSame(HeluLoop.Gradient(x, grad, 0), autograd.grad([x.helu(-0.0)], [x], [grad])[0]);
    }
}
