using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Sums over contiguous floats. Blocks are summed in float32 lanes and added up in double, so that the error does not grow with the length:
/// it stays that of one block.
/// </summary>
internal static unsafe class Reduction
{
    /// <summary>Terms that a lane adds up in float32: few enough that its rounding errors stay near a single one's, many enough that the double addition costs nothing.</summary>
    public const int TermsPerLane = 32;

    /// <summary>Σ x[i], i &lt; n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum<TSimd, V>(float* x, nint n)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        nint block = 2 * TermsPerLane * TSimd.Count;
        double sum = 0;
        for (nint start = 0; start < n; start += block)
        {
            nint end = nint.Min(n, start + block);
            V even = TSimd.Zero;
            V odd = TSimd.Zero;
            nint i = start;
            for (; i <= end - (2 * TSimd.Count); i += 2 * TSimd.Count)
            {
                even = TSimd.Add(even, TSimd.Load(x + i));
                odd = TSimd.Add(odd, TSimd.Load(x + i + TSimd.Count));
            }

            sum += TSimd.Sum(TSimd.Add(even, odd));
            for (; i < end; i++)
                sum += x[i];
        }

        return sum;
    }

    /// <summary>Σ (x[i] - mean)², i &lt; n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares<TSimd, V>(float* x, nint n, float mean)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V center = TSimd.Broadcast(mean);
        nint block = 2 * TermsPerLane * TSimd.Count;
        double sum = 0;
        for (nint start = 0; start < n; start += block)
        {
            nint end = nint.Min(n, start + block);
            V even = TSimd.Zero;
            V odd = TSimd.Zero;
            nint i = start;
            for (; i <= end - (2 * TSimd.Count); i += 2 * TSimd.Count)
            {
                V first = TSimd.Subtract(TSimd.Load(x + i), center);
                V second = TSimd.Subtract(TSimd.Load(x + i + TSimd.Count), center);
                even = TSimd.MultiplyAdd(first, first, even);
                odd = TSimd.MultiplyAdd(second, second, odd);
            }

            sum += TSimd.Sum(TSimd.Add(even, odd));
            for (; i < end; i++)
                sum += (x[i] - mean) * (x[i] - mean);
        }

        return sum;
    }
}
