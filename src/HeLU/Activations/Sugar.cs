using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// Forward max(0, x), backward the gradient of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2 (Horuz et al.,
/// arXiv 2505.22074): sigmoid(x)·(1 + (x + alpha)·sigmoid(-x)). The derivative is computed at once and recorded as a factor,
/// so that one number an element is kept and the backward pass is one product.
/// </summary>
internal static class Sugar
{
    public static Tensor Apply(Tensor x, double alpha)
    {
        if (!Gradients.Recorded(x))
            return x.relu();
        using Tensor derivative = Derivative(x, alpha);
        return x.mul(derivative).WithReluOf(x);
    }

    /// <summary>Overwrites <paramref name="x"/> and returns the same object.</summary>
    public static Tensor ApplyInPlace(Tensor x, double alpha)
    {
        if (!Gradients.Recorded(x))
            return x.relu_();
        Gradients.RequireOverwritable(x);
        using Tensor derivative = Derivative(x, alpha);
        using Tensor kept = x.detach();
        using Tensor y = kept.relu();
        x.mul_(derivative);
        using (no_grad())
            return x.copy_(y);
    }

    private static Tensor Derivative(Tensor x, double alpha)
    {
        using IDisposable off = no_grad();
        using Tensor sigmoid = x.sigmoid();
        using Tensor shifted = x.add(Scalars.Of(alpha));
        using Tensor negative = x.neg();
        Tensor derivative = negative.sigmoid_();
        return derivative.mul_(shifted).add_(Scalars.One).mul_(sigmoid).alias();
    }
}
