using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// x·exp(-exp(-x)) (Das et al., arXiv 2502.03654). Below <see cref="Floor"/> the gate is 0 even in float64; x is clamped there, so that exp(-x) stays finite and
/// neither value nor gradient becomes 0 times infinity.
/// </summary>
internal static class GoLU
{
    private const double Floor = -10;

    public static Tensor Apply(Tensor x)
    {
        using Tensor above = x.clamp_min(Scalars.Of(Floor));
        using Tensor negative = above.neg();
        Tensor decay = negative.exp_();
        using Tensor exponent = decay.neg();
        Tensor gate = exponent.exp_();
        return above.mul(gate);
    }
}
