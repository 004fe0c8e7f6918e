using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// Forward max(0, x); the gradient passes where |x| ≤ clip and is 0 elsewhere, NaN included: the straight-through estimator with the gradient of hard tanh
/// (Hubara et al., arXiv 1602.02830). The clamp to [-clip, clip] has that gradient; it is recorded, and its value then overwritten.
/// </summary>
internal static class ClippedStraightThrough
{
    public static Tensor Apply(Tensor x, double clip) =>
        Gradients.Recorded(x) ? x.clamp(Scalars.Of(-clip), Scalars.Of(clip)).WithReluOf(x) : x.relu();

    /// <summary>Overwrites <paramref name="x"/> and returns the same object.</summary>
    public static Tensor ApplyInPlace(Tensor x, double clip) =>
        Gradients.Recorded(x) ? Gradients.Overwrite(x, kept => Apply(kept, clip)) : x.relu_();
}
