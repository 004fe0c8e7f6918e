using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Generators.Tests.Harness;

/// <summary>Tells from outside which activation a program computes.</summary>
internal static class Gradient
{
    /// <summary>d f(x) / dx at one point.</summary>
    public static double At(double point, Func<Tensor, Tensor> f)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor([point], ScalarType.Float64).requires_grad_();
        f(x).sum().backward();
        return x.grad!.item<double>();
    }
}
