using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// max(0, x)² (So et al., arXiv 2109.08668). ReLU times itself: its gradient, unlike that of a square, holds no factor that overflows before the value does.
/// </summary>
internal static class SquaredReLU
{
    public static Tensor Apply(Tensor x)
    {
        using Tensor relu = x.relu();
        return relu.mul(relu);
    }

    /// <summary>Overwrites <paramref name="x"/> and returns the same object.</summary>
    public static Tensor ApplyInPlace(Tensor x)
    {
        using Tensor y = Apply(x);
        return x.copy_(y);
    }

    /// <summary>Overwrites <paramref name="x"/> with its ReLU, which the gradient needs, and disposes it.</summary>
    public static Tensor Consume(Tensor x)
    {
        using (x)
            return x.relu_().mul(x);
    }
}
