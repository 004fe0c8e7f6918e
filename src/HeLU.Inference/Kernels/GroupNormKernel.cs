using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// PyTorch's GroupNorm: y = act((x - mean)/√(var + eps)·weight[c] + bias[c]), with the mean and the biased variance of the channel's group
/// [C/groups, spatial], computed in two passes. With as many groups as channels it is InstanceNorm.
/// </summary>
internal static unsafe class GroupNormKernel
{
    /// <summary>Computes y [N, C, spatial] from x of that shape, weight [C] or null for 1, bias [C] or null for 0; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentException"><paramref name="groups"/> does not divide <paramref name="channels"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(
        float* x, int n, int channels, nint spatial, int groups, float* weight, float* bias, double eps, float* y, in Epilogue epilogue, SimdWidth width)
    {
        if (groups < 1 || channels % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {channels} channels.", nameof(groups));
        SimdDispatch.Run(new Call(x, n, channels, spatial, groups, weight, bias, eps, y, new EpilogueStep(epilogue)), width);
    }

    private readonly struct Call(
        float* x, int n, int channels, nint spatial, int groups, float* weight, float* bias, double eps, float* y, EpilogueStep step) : ISimdKernel
    {
        public void Run<TSimd, V>()
            where TSimd : ISimd<V>
            where V : unmanaged
        {
            int perGroup = channels / groups;
            for (nint item = 0; item < (nint)n * groups; item++)
            {
                nint start = item * perGroup * spatial;
                int channel = (int)(item % groups) * perGroup;
                (float mean, float spread) = LayerNormKernel.Statistics<TSimd, V>(x + start, perGroup * spatial, eps);
                // Without spatial positions a channel is one float: vectors then run along the channels.
                if (spatial == 1)
                {
                    float* weights = weight == null ? null : weight + channel;
                    float* biases = bias == null ? null : bias + channel;
                    ChannelAffineKernel.Features<TSimd, V>(x + start, perGroup, mean, spread, weights, biases, y + start, step);
                    continue;
                }

                for (int c = channel; c < channel + perGroup; c++, start += spatial)
                {
                    float scale = weight == null ? spread : spread * weight[c];
                    ChannelAffineKernel.Channel<TSimd, V>(x + start, spatial, mean, scale, bias == null ? 0 : bias[c], y + start, step);
                }
            }
        }
    }
}
