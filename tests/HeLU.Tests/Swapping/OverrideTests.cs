using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Swapping;

public sealed class OverrideTests
{
    [Fact]
    public void Holds_until_it_is_disposed()
    {
        Assert.Equal(.9, SlopeInForce());
        using (Activation.Override(Kind.LeakyReLU, .1))
            Assert.Equal(.1, SlopeInForce());
        Assert.Equal(.9, SlopeInForce());
    }

    [Fact]
    public void Nests()
    {
        using (Activation.Override(Kind.LeakyReLU, .1))
        {
            using (Activation.Override(Kind.LeakyReLU, .2))
                Assert.Equal(.2, SlopeInForce());
            Assert.Equal(.1, SlopeInForce());
        }
        Assert.Equal(.9, SlopeInForce());
    }

    [Fact]
    public void Ends_with_an_exception()
    {
        Assert.Throws<InvalidOperationException>((Action)(() =>
        {
            using IDisposable scope = Activation.Override(Kind.LeakyReLU, .1);
            throw new InvalidOperationException();
        }));

        Assert.Equal(.9, SlopeInForce());
    }

    [Fact]
    public void Holds_on_its_thread_only()
    {
        using IDisposable scope = Activation.Override(Kind.LeakyReLU, .1);
        double elsewhere = 0;

        OnAnotherThread(() => elsewhere = SlopeInForce());

        Assert.Equal(.9, elsewhere);
        Assert.Equal(.1, SlopeInForce());
    }

    [Fact]
    public void Disposed_out_of_order_it_throws_and_changes_nothing()
    {
        IDisposable outer = Activation.Override(Kind.LeakyReLU, .1);
        IDisposable inner = Activation.Override(Kind.LeakyReLU, .2);

        Assert.Throws<InvalidOperationException>(outer.Dispose);
        Assert.Equal(.2, SlopeInForce());

        inner.Dispose();
        outer.Dispose();
        Assert.Equal(.9, SlopeInForce());
    }

    [Fact]
    public void Disposed_on_another_thread_it_throws_and_changes_nothing()
    {
        using IDisposable scope = Activation.Override(Kind.LeakyReLU, .1);

        OnAnotherThread(() => Assert.Throws<InvalidOperationException>(scope.Dispose));

        Assert.Equal(.1, SlopeInForce());
    }

    [Fact]
    public void Disposed_twice_it_ends_once()
    {
        using IDisposable outer = Activation.Override(Kind.LeakyReLU, .1);
        IDisposable inner = Activation.Override(Kind.LeakyReLU, .2);

        inner.Dispose();
        inner.Dispose();

        Assert.Equal(.1, SlopeInForce());
    }

    [Fact]
    public void Without_alpha_a_kind_has_its_default()
    {
        using DisposeScope tensors = NewDisposeScope();
        Tensor x = tensor([-.04, -.06]).requires_grad_();

        using (Activation.Override(Kind.HeLU))
            Assert.Equal([1.0, 0.0], autograd.grad([Swap.relu(x, new ActivationSpec(Kind.ReLU), "layer").sum()], [x])[0].data<double>().ToArray());
        using (Activation.Override(Kind.LeakyReLU))
            Assert.Equal(.01, SlopeInForce());
        using (Activation.Override(Kind.ELU))
            Assert.Equal(1 - Math.Exp(-1), SlopeInForce(), 12);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(24)]
    public void A_number_that_is_no_kind_is_refused(int kind)
    {
        Assert.Equal("kind", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Override((Kind)kind)).ParamName);
        Assert.Equal(.9, SlopeInForce());
    }

    [Theory]
    [InlineData(Kind.HeLU, -.1)]
    [InlineData(Kind.HeLU, double.NaN)]
    [InlineData(Kind.HeLU, double.PositiveInfinity)]
    [InlineData(Kind.ELU, 0)]
    [InlineData(Kind.ELU, double.NaN)]
    [InlineData(Kind.LeakyReLU, double.NegativeInfinity)]
    [InlineData(Kind.ReLU, .1)]
    [InlineData(Kind.GELU, .1)]
    [InlineData(Kind.SiLU, 0)]
    [InlineData(Kind.Mish, .1)]
    public void A_parameter_that_the_kind_cannot_have_is_refused(Kind kind, double value)
    {
        Assert.Equal("parameters", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Override(kind, value)).ParamName);
        Assert.Equal(.9, SlopeInForce());
    }

    [Fact]
    public void Takes_every_parameter_of_a_kind_in_its_order()
    {
        using DisposeScope tensors = NewDisposeScope();
        Tensor x = tensor(2.0);

        using (Activation.Override(Kind.Quadratic, 3, 5, 7))
            Assert.Equal(3 * 4 + 5 * 2 + 7, Swap.relu(x, new(Kind.HeLU, .05)).item<double>(), 12);
        using (Activation.Override(Kind.Quadratic, 3))
            Assert.Equal(3 * 4 + .5 * 2 + 1 / (2 * Math.Sqrt(2 * Math.PI)), Swap.relu(x, new(Kind.HeLU, .05)).item<double>(), 12);
    }

    [Fact]
    public void More_parameters_than_the_kind_has_are_refused_with_their_names()
    {
        Assert.Contains("Kind.SAU has 2: slope, sigma; 3 given", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Override(Kind.SAU, .1, 1, 1)).Message);
        Assert.Contains("Kind.GELU has no parameter; 1 given", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Override(Kind.GELU, 1)).Message);
    }

    /// <summary>Minus what a swapped call makes of -1: the slope, where it is LeakyReLU. The call itself is annotated with .9.</summary>
    private static double SlopeInForce()
    {
        using Tensor x = tensor(-1.0);
        using Tensor y = Swap.relu(x, new ActivationSpec(Kind.LeakyReLU, .9), "layer");
        return -y.item<double>();
    }

    private static void OnAnotherThread(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
