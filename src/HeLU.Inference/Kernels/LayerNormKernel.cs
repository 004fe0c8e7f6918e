using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// PyTorch's LayerNorm over the last n elements: y = act((x - mean)/√(var + eps)·weight + bias), with the row's mean and its biased variance,
/// computed in two passes.
/// </summary>
internal static unsafe class LayerNormKernel
{
    /// <summary>Computes y [rows, n] from x [rows, n], weight [n] or null for 1, bias [n] or null for 0; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, nint rows, nint n, float* weight, float* bias, double eps, float* y, in Epilogue epilogue, SimdWidth width) =>
        SimdDispatch.Run(new Call(x, rows, n, weight, bias, eps, y, new EpilogueStep(epilogue)), width);

    /// <summary>The mean of x[0..n) and 1/√(var + eps).</summary>
    internal static (float Mean, float Spread) Statistics<TSimd, V>(float* x, nint n, double eps)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        float mean = (float)(Reduction.Sum<TSimd, V>(x, n) / n);
        double variance = Reduction.SumOfSquares<TSimd, V>(x, n, mean) / n;
        return (mean, (float)(1 / Math.Sqrt(variance + eps)));
    }

    private readonly struct Call(float* x, nint rows, nint n, float* weight, float* bias, double eps, float* y, EpilogueStep step) : ISimdKernel
    {
        public void Run<TSimd, V>()
            where TSimd : ISimd<V>
            where V : unmanaged
        {
            for (nint row = 0; row < rows; row++)
            {
                (float mean, float spread) = Statistics<TSimd, V>(x + (row * n), n, eps);
                ChannelAffineKernel.Features<TSimd, V>(x + (row * n), n, mean, spread, weight, bias, y + (row * n), step);
            }
        }
    }
}
