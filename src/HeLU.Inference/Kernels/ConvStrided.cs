using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Reads of every s-th float of a row. Strides 1 and 2 move vectors.</summary>
internal static unsafe class ConvStrided
{
    /// <summary>destination[i] = source[i·stride], i below <paramref name="count"/>. Nothing after the last source float is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather<TSimd, V>(float* source, int stride, float* destination, int count)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        switch (stride)
        {
            case 1:
                Copy<TSimd, V>(source, destination, count);
                break;
            case 2:
                GatherEven<TSimd, V>(source, destination, count);
                break;
            default:
                for (int i = 0; i < count; i++)
                    destination[i] = source[(long)i * stride];
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TSimd, V>(float* source, float* destination, int count)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
            TSimd.Store(TSimd.Load(source + i), destination + i);
        if (i < count)
            TSimd.StorePartial(TSimd.LoadPartial(source + i, count - i), destination + i, count - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherEven<TSimd, V>(float* source, float* destination, int count)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        // Not <=: two whole vectors hold one float behind the last even one.
        int i = 0;
        for (; i < count - TSimd.Count; i += TSimd.Count, source += 2 * TSimd.Count)
            TSimd.Store(TSimd.Even(TSimd.Load(source), TSimd.Load(source + TSimd.Count)), destination + i);
        int rest = count - i;
        if (rest <= 0)
            return;
        int floats = (2 * rest) - 1;
        V low = TSimd.LoadPartial(source, Math.Min(floats, TSimd.Count));
        V high = TSimd.LoadPartial(source + TSimd.Count, Math.Max(floats - TSimd.Count, 0));
        TSimd.StorePartial(TSimd.Even(low, high), destination + i, rest);
    }
}
