using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training;

/// <summary>Two models of the same weights: one to train as it is, one to train fused.</summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed class Twins<T> : IDisposable
    where T : Module
{
    public Twins(Func<T> create, ScalarType type = ScalarType.Float64)
    {
        random.manual_seed(1);
        (Plain, Model) = (create(), create());
        Model.load_state_dict(Plain.state_dict());
        Plain.to(type);
        Model.to(type);
    }

    public T Plain { get; }

    /// <summary>The one to train fused.</summary>
    public T Model { get; }

    /// <summary>Runs the same step on both with the same random numbers, then compares output, gradients and buffers.</summary>
    public void Compare(Func<Tensor> plain, Func<Tensor> fused, double tolerance = 0)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor expected = Step(plain), actual = Step(fused);
        Same("output", expected, actual, tolerance);
        foreach (((string name, Parameter parameter), Parameter other) in Plain.named_parameters().Zip(Model.parameters()))
        {
            Assert.Equal(parameter.grad is null, other.grad is null);
            if (parameter.grad is { } gradient)
                Same(name, gradient, other.grad!, tolerance);
        }
        foreach (((string name, Tensor buffer), Tensor other) in Plain.named_buffers().Zip(Model.buffers()))
            Same(name, buffer, other, tolerance);
    }

    public void Dispose()
    {
        Plain.Dispose();
        Model.Dispose();
    }

    private static Tensor Step(Func<Tensor> forward)
    {
        random.manual_seed(7);
        Tensor y = forward();
        y.square().mean().backward();
        return y;
    }

    private static void Same(string name, Tensor expected, Tensor actual, double tolerance)
    {
        bool same = tolerance == 0 ? (bool)expected.eq(actual).all() : expected.allclose(actual, rtol: tolerance, atol: tolerance);
        Assert.True(same, $"{name}: differs by up to {(expected - actual).abs().max().ToDouble()}.");
    }
}
