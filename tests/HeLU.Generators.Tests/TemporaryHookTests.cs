using Helu.Generators.Tests.Harness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Generators.Tests;

/// <summary>Hooks and exceptions around an activation that would overwrite its argument.</summary>
public sealed class TemporaryHookTests(TemporaryHookTests.Programs programs) : IClassFixture<TemporaryHookTests.Programs>, IDisposable
{
    private const string Nested = "return functional.relu(fc1.call(x));";
    private const string TwoSteps = "x = fc1.call(x); x = act.call(x); return x;";

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Bodies => [Nested, TwoSteps];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Bodies))]
    public void AHookThatKeepsTheLayersOutputSeesItUnchanged(string body)
    {
        using Module<Tensor, Tensor> net = programs.Of.Annotated(body);
        Linear layer = Child<Linear>(net, "fc1");
        Tensor? kept = null;
        layer.register_forward_hook((_, _, y) => kept = y);
        Tensor x = Input();

        Tensor result = net.call(x);

        Assert.Equal(Bits(layer.forward(x)), Bits(kept!));
        Assert.Equal(Bits(kept!.clamp(min: 0)), Bits(result));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void WhatAHookPutsInItsPlaceIsUnchanged(string body)
    {
        using Module<Tensor, Tensor> net = programs.Of.Annotated(body);
        Tensor instead = Input() - 0.5;
        byte[] before = Bits(instead);
        Child<Linear>(net, "fc1").register_forward_hook((_, _, _) => instead);

        Tensor result = net.call(Input());

        Assert.Equal(before, Bits(instead));
        Assert.Equal(Bits(instead.clamp(min: 0)), Bits(result));
    }

    [Fact]
    public void AHookOnTheActivationSeesItsInputAndItsOutput()
    {
        using Module<Tensor, Tensor> net = programs.Of.Annotated(TwoSteps);
        Tensor? input = null;
        Tensor? output = null;
        Child<ReLU>(net, "act").register_forward_hook((_, x, y) =>
        {
            (input, output) = (x, y);
            return y;
        });
        Tensor x = Input();

        Tensor result = net.call(x);

        Assert.Equal(Bits(Child<Linear>(net, "fc1").forward(x)), Bits(input!));
        Assert.Same(result, output);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void AnExceptionInTheLayerLeavesNothingBehind(string body)
    {
        using Module<Tensor, Tensor> net = programs.Of.Annotated(body);
        Tensor wrong = ones(4, 5, dtype: float64);
        Tensor x = Input();
        using DisposeScope inner = NewDisposeScope();

        Assert.ThrowsAny<Exception>(() => net.call(wrong));
        Assert.Equal(0, inner.DisposablesCount);

        Tensor result = net.call(x);
        Assert.Equal(Bits(Child<Linear>(net, "fc1").forward(x).clamp(min: 0)), Bits(result));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void EveryKindTakesATemporary(string body)
    {
        foreach (Kind kind in Enum.GetValues<Kind>().Where(kind => kind != Kind.PReLU)) // PReLU is not for functions, nor for a ReLU that was made without a slope.
        {
            using IDisposable overridden = Activation.Override(kind);
            using Module<Tensor, Tensor> net = programs.Of.Annotated(body);
            Tensor x = Input();
            using DisposeScope inner = NewDisposeScope();

            Tensor result = net.call(x);
            Assert.True(inner.DisposablesCount == 1, $"{kind} leaves {inner.DisposablesCount} tensors");

            result.sum().backward();
            Assert.True(Child<Linear>(net, "fc1").weight!.grad!.isfinite().all().item<bool>(), kind.ToString());
        }
    }

    private static T Child<T>(Module<Tensor, Tensor> net, string name) => (T)(object)net.named_children().Single(child => child.name == name).module;

    private static Tensor Input()
    {
        using var generator = new Generator(7);
        return randn(4, 6, dtype: ScalarType.Float64, generator: generator);
    }

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();

    public sealed class Programs : IDisposable
    {
        internal ForwardPrograms Of { get; } = new([Nested, TwoSteps]);

        public void Dispose() => Of.Dispose();
    }
}
