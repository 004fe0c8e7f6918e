using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>y[n, c, s] = x[n, c, s] where it is above 0, else slope[c]·x[n, c, s].</summary>
internal static unsafe class PReluKernel
{
    /// <summary>Computes y [N, C, spatial] from x of that shape and slope [C]; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, int n, int channels, nint spatial, float* slope, float* y, SimdWidth width) =>
        SimdDispatch.Run(new Call(x, n, channels, spatial, slope, y), width);

    /// <summary>y[i] = x[i] where it is above 0, else slope[i]·x[i], i &lt; length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Features<TSimd, V>(float* x, int length, float* slope, float* y)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            V value = TSimd.Load(x + i);
            TSimd.Store(TSimd.SelectGreater(value, TSimd.Zero, value, TSimd.Multiply(TSimd.Load(slope + i), value)), y + i);
        }

        if (i < length)
        {
            V value = TSimd.LoadPartial(x + i, length - i);
            TSimd.StorePartial(TSimd.SelectGreater(value, TSimd.Zero, value, TSimd.Multiply(TSimd.LoadPartial(slope + i, length - i), value)), y + i, length - i);
        }
    }

    private readonly struct Call(float* x, int n, int channels, nint spatial, float* slope, float* y) : ISimdKernel
    {
        public void Run<TSimd, V>()
            where TSimd : ISimd<V>
            where V : unmanaged
        {
            for (int item = 0; item < n; item++)
            {
                nint start = item * channels * spatial;
                // Without spatial positions a channel is one float: vectors then run along the channels.
                if (spatial == 1)
                {
                    Features<TSimd, V>(x + start, channels, slope, y + start);
                    continue;
                }

                for (int c = 0; c < channels; c++, start += spatial)
                    ActivationKernel.Run<TSimd, V>(x + start, y + start, spatial, 1, 0, new Epilogue(ActivationFunction.LeakyReLU, slope[c]));
            }
        }
    }
}
