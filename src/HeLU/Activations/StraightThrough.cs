using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// Forward max(0, x), backward the whole gradient: the straight-through estimator (Bengio, Léonard, Courville, arXiv 1308.3432). ReLU is hidden from autograd,
/// which then sees the identity; nothing is kept for the backward pass.
/// </summary>
internal static class StraightThrough
{
    public static Tensor Apply(Tensor x)
    {
        if (!Gradients.Recorded(x))
            return x.relu();
        Tensor y = x.clone();
        using (no_grad())
            y.relu_();
        return y;
    }

    /// <summary>Overwrites <paramref name="x"/> and returns the same object.</summary>
    public static Tensor ApplyInPlace(Tensor x)
    {
        if (!Gradients.Recorded(x))
            return x.relu_();
        Gradients.RequireOverwritable(x);
        using (no_grad())
            return x.relu_();
    }
}
