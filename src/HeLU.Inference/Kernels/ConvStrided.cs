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

    /// <summary>
    /// A row of <paramref name="pitch"/> floats: <paramref name="left"/> zeros, the source's <paramref name="count"/> floats, zeros. Whole vectors are written, the last
    /// of which may reach less than a vector beyond the row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyPadded<TSimd, V>(float* source, int left, int count, float* destination, int pitch)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        for (int zero = 0; zero < left; zero += TSimd.Count)
            TSimd.Store(TSimd.Zero, destination + zero);
        destination += left;
        pitch -= left;
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
            TSimd.Store(TSimd.Load(source + i), destination + i);
        if (i < count)
        {
            TSimd.Store(TSimd.LoadPartial(source + i, count - i), destination + i);
            i += TSimd.Count;
        }

        for (; i < pitch; i += TSimd.Count)
            TSimd.Store(TSimd.Zero, destination + i);
    }

    /// <summary>even[i] = source[2i] and odd[i] = source[2i + 1] for the first of each. No float from <paramref name="length"/> on is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split<TSimd, V>(float* source, int length, float* even, int evens, float* odd, int odds)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int i = 0;
        int whole = Math.Min(Math.Min(evens, odds), length / 2) - TSimd.Count;
        for (; i <= whole; i += TSimd.Count)
        {
            V low = TSimd.Load(source + (2 * i));
            V high = TSimd.Load(source + (2 * i) + TSimd.Count);
            TSimd.Store(TSimd.Even(low, high), even + i);
            TSimd.Store(TSimd.Odd(low, high), odd + i);
        }

        for (int end = Math.Max(evens, odds); i < end; i += TSimd.Count)
        {
            int rest = length - (2 * i);
            V low = TSimd.LoadPartial(source + (2 * i), Math.Min(rest, TSimd.Count));
            V high = TSimd.LoadPartial(source + (2 * i) + TSimd.Count, Math.Clamp(rest - TSimd.Count, 0, TSimd.Count));
            TSimd.StorePartial(TSimd.Even(low, high), even + i, Math.Clamp(evens - i, 0, TSimd.Count));
            TSimd.StorePartial(TSimd.Odd(low, high), odd + i, Math.Clamp(odds - i, 0, TSimd.Count));
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
