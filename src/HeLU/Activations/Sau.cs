using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// LeakyReLU convolved with the normal density of standard deviation sigma (Biswas, Kumar, Banerjee, Pandey, arXiv 2109.13210). With Z standard normal,
/// E[LeakyReLU(x + sigma·Z)] = slope·x + (1 - slope)·E[ReLU(x + sigma·Z)] and E[ReLU(x + sigma·Z)] = x·Φ(x/sigma) + sigma·φ(x/sigma); the gradient is
/// slope + (1 - slope)·Φ(x/sigma).
/// </summary>
/// <remarks>
/// With u = x/sigma the smoothed ReLU is sigma·(GELU(u) + φ(u)), computed on u clamped to <see cref="Reach"/>, beyond which it equals ReLU even in float64:
/// it is nowhere below ReLU, so the larger of both is it everywhere.
/// </remarks>
internal static class Sau
{
    private const double Reach = 40;

    private static readonly double s_density = 1 / Math.Sqrt(2 * Math.PI);

    public static Tensor Apply(Tensor x, double slope, double sigma)
    {
        using Tensor within = x.clamp(Scalars.Of(-Reach * sigma), Scalars.Of(Reach * sigma));
        using Tensor u = within.mul_(Scalars.Of(1 / sigma));
        using Tensor smooth = u.gelu();
        using Tensor square = u.mul(u);
        using Tensor exponent = square.mul_(Scalars.Of(-.5));
        using Tensor density = exponent.exp_();
        using Tensor sum = smooth.add_(density, Scalars.Of(s_density));
        using Tensor relu = sum.mul_(Scalars.Of(sigma));
        using Tensor larger = x.maximum(relu);
        using Tensor scaled = larger.mul_(Scalars.Of(1 - slope));
        return scaled.add(x, Scalars.Of(slope));
    }
}
