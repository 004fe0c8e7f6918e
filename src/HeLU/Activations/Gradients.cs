using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>What the activations share about recording.</summary>
internal static class Gradients
{
    /// <summary>Whether an operation on <paramref name="x"/> is recorded for the backward pass.</summary>
    public static bool Recorded(Tensor x) => x.requires_grad && is_grad_enabled();

    /// <summary>
    /// Makes the values of <paramref name="y"/> those of max(0, x) and leaves its gradient as it was recorded. No operation of the record may have saved y.
    /// </summary>
    public static Tensor WithReluOf(this Tensor y, Tensor x)
    {
        using (no_grad())
            y.copy_(x).relu_();
        return y;
    }

    /// <summary>
    /// Throws libtorch's error where a leaf is to be overwritten whose operations are recorded: under no_grad, where these activations overwrite, it would keep silent.
    /// </summary>
    public static void RequireOverwritable(Tensor x)
    {
        if (x.is_leaf)
            x.relu_();
    }

    /// <summary>Overwrites <paramref name="x"/> with <paramref name="activation"/> of it where no in-place form can be trusted: the gradient goes through a copy.</summary>
    public static Tensor Overwrite(Tensor x, Func<Tensor, Tensor> activation)
    {
        if (!Recorded(x))
        {
            using Tensor value = activation(x);
            return x.copy_(value);
        }
        RequireOverwritable(x);
        using Tensor kept = x.clone();
        using Tensor y = activation(kept);
        return x.copy_(y);
    }
}
