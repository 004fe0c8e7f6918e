using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>y[n, c, s] = act((x[n, c, s] - center)·scale[c] + shift[c]), with center 0: a BatchNorm in eval mode, folded.</summary>
internal static unsafe class ChannelAffineKernel
{
    /// <summary>Computes y [N, C, spatial] from x of that shape, scale [C] and shift [C]; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, int n, int channels, nint spatial, float* scale, float* shift, float* y, in Epilogue epilogue, SimdWidth width) =>
        SimdDispatch.Run(new Call(x, n, channels, spatial, scale, shift, y, new EpilogueStep(epilogue)), width);

    /// <summary>y[i] = act((x[i] - center)·scale + shift), i &lt; length.</summary>
    internal static void Channel<TSimd, V>(float* x, nint length, float center, float scale, float shift, float* y, in EpilogueStep step)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        for (nint start = 0; start < length; start += EpilogueStep.Block)
        {
            nint count = nint.Min(EpilogueStep.Block, length - start);
            Block<TSimd, V>(x + start, count, center, scale, shift, y + start, step.Low, step.High);
            step.Finish<TSimd, V>(y + start, count);
        }
    }

    /// <summary>y[i] = act((x[i] - center)·spread·scale[i] + shift[i]), i &lt; length; no scale is 1, no shift is 0.</summary>
    internal static void Features<TSimd, V>(float* x, nint length, float center, float spread, float* scale, float* shift, float* y, in EpilogueStep step)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        for (nint start = 0; start < length; start += EpilogueStep.Block)
        {
            nint count = nint.Min(EpilogueStep.Block, length - start);
            float* scales = scale == null ? null : scale + start;
            float* shifts = shift == null ? null : shift + start;
            FeaturesBlock<TSimd, V>(x + start, count, center, spread, scales, shifts, y + start, step.Low, step.High);
            step.Finish<TSimd, V>(y + start, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TSimd, V>(float* x, nint length, float center, float scale, float shift, float* y, float low, float high)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V centers = TSimd.Broadcast(center);
        V scales = TSimd.Broadcast(scale);
        V shifts = TSimd.Broadcast(shift);
        V lows = TSimd.Broadcast(low);
        V highs = TSimd.Broadcast(high);
        nint i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            V value = TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(x + i), centers), scales, shifts);
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(value, lows), highs), y + i);
        }

        if (i < length)
        {
            V value = TSimd.LoadPartial(x + i, (int)(length - i));
            value = TSimd.MultiplyAdd(TSimd.Subtract(value, centers), scales, shifts);
            TSimd.StorePartial(TSimd.AtMost(TSimd.AtLeast(value, lows), highs), y + i, (int)(length - i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FeaturesBlock<TSimd, V>(float* x, nint length, float center, float spread, float* scale, float* shift, float* y, float low, float high)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V centers = TSimd.Broadcast(center);
        V spreads = TSimd.Broadcast(spread);
        V lows = TSimd.Broadcast(low);
        V highs = TSimd.Broadcast(high);
        V scales = TSimd.Broadcast(1);
        V shifts = TSimd.Zero;
        nint i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            if (scale != null)
                scales = TSimd.Load(scale + i);
            if (shift != null)
                shifts = TSimd.Load(shift + i);
            V value = TSimd.Multiply(TSimd.Subtract(TSimd.Load(x + i), centers), spreads);
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(TSimd.MultiplyAdd(value, scales, shifts), lows), highs), y + i);
        }

        if (i < length)
        {
            if (scale != null)
                scales = TSimd.LoadPartial(scale + i, (int)(length - i));
            if (shift != null)
                shifts = TSimd.LoadPartial(shift + i, (int)(length - i));
            V value = TSimd.Multiply(TSimd.Subtract(TSimd.LoadPartial(x + i, (int)(length - i)), centers), spreads);
            TSimd.StorePartial(TSimd.AtMost(TSimd.AtLeast(TSimd.MultiplyAdd(value, scales, shifts), lows), highs), y + i, (int)(length - i));
        }
    }

    private readonly struct Call(float* x, int n, int channels, nint spatial, float* scale, float* shift, float* y, EpilogueStep step) : ISimdKernel
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
                    Features<TSimd, V>(x + start, channels, 0, 1, scale, shift, y + start, step);
                    continue;
                }

                for (int c = 0; c < channels; c++, start += spatial)
                    Channel<TSimd, V>(x + start, spatial, 0, scale[c], shift[c], y + start, step);
            }
        }
    }
}
