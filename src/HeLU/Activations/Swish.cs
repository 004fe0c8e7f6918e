using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>x·sigmoid(beta·x) (Ramachandran, Zoph, Le, arXiv 1710.05941); with beta 1 libtorch's SiLU.</summary>
internal static class Swish
{
    public static Tensor Apply(Tensor x, double beta)
    {
        if (beta == 1)
            return x.silu();
        using Tensor scaled = x.mul(Scalars.Of(beta));
        Tensor gate = scaled.sigmoid_();
        return x.mul(gate);
    }

    /// <summary>Overwrites <paramref name="x"/> and returns the same object.</summary>
    public static Tensor ApplyInPlace(Tensor x, double beta) =>
        beta == 1 ? x.silu_() : Gradients.Overwrite(x, kept => Apply(kept, beta));
}
