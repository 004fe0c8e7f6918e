using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta (Shamir, Lin, arXiv 2010.09931). The parabola of x clamped to [-beta, beta] is
/// nowhere below x between and touches it at beta: SmeLU is the larger of both, and no term overflows before x does.
/// </summary>
internal static class SmeLU
{
    public static Tensor Apply(Tensor x, double beta)
    {
        using Tensor within = x.clamp(Scalars.Of(-beta), Scalars.Of(beta));
        using Tensor shifted = within.add_(Scalars.Of(beta));
        using Tensor scaled = shifted.mul(Scalars.Of(.25 / beta));
        using Tensor parabola = scaled.mul(shifted);
        return x.maximum(parabola);
    }
}
