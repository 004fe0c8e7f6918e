using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>Forward max(0, x), backward LeakyReLU's gradient: 1 where x &gt; 0, else slope. LeakyReLU is recorded, and its value then overwritten.</summary>
internal static class LeakyBackward
{
    public static Tensor Apply(Tensor x, double slope) =>
        Gradients.Recorded(x) ? x.leaky_relu(Scalars.Of(slope)).WithReluOf(x) : x.relu();

    /// <summary>Overwrites <paramref name="x"/> and returns the same object.</summary>
    public static Tensor ApplyInPlace(Tensor x, double slope) =>
        Gradients.Recorded(x) ? Gradients.Overwrite(x, kept => Apply(kept, slope)) : x.relu_();
}
