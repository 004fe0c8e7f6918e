using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// PyTorch's softmax and log_softmax along one dimension. With m the largest x and s = Σ exp(x - m): softmax = exp(x - m)/s, log_softmax = x - m - ln s.
/// </summary>
internal static unsafe class SoftmaxKernel
{
    /// <summary>y [outer, n, inner] = softmax, or log_softmax, of x over the middle; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, nint outer, nint n, nint inner, bool log, float* y, SimdWidth width) =>
        SimdDispatch.Run(new Call(x, outer, n, inner, log, y), width);

    private static void Row<TSimd, V>(float* x, nint n, bool log, float* y)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        float max = Max<TSimd, V>(x, n);
        nint block = Reduction.TermsPerLane * TSimd.Count;
        double sum = 0;
        for (nint start = 0; start < n; start += block)
            sum += SumOfExp<TSimd, V>(x + start, nint.Min(block, n - start), max, log ? null : y + start);
        Finish<TSimd, V>(log ? x : y, n, log, max, (float)(log ? Math.Log(sum) : 1 / sum), y);
    }

    /// <summary>The last elements of a row, fewer than a vector; the other lanes neither are the largest nor add to the sum.</summary>
    private static V LoadPadded<TSimd, V>(float* source, int count)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        float* lanes = stackalloc float[TSimd.Count];
        TSimd.Store(TSimd.Broadcast(float.NegativeInfinity), lanes);
        for (int lane = 0; lane < count; lane++)
            lanes[lane] = source[lane];
        return TSimd.Load(lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Max<TSimd, V>(float* x, nint n)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V max = TSimd.Broadcast(float.NegativeInfinity);
        nint i = 0;
        for (; i <= n - TSimd.Count; i += TSimd.Count)
            max = TSimd.Max(max, TSimd.Load(x + i));
        if (i < n)
            max = TSimd.Max(max, LoadPadded<TSimd, V>(x + i, (int)(n - i)));
        return TSimd.MaxLane(max);
    }

    // Σ exp(x - max); the terms go to y unless it is null.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOfExp<TSimd, V>(float* x, nint n, float max, float* y)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V maxes = TSimd.Broadcast(max);
        V sum = TSimd.Zero;
        nint i = 0;
        for (; i <= n - TSimd.Count; i += TSimd.Count)
        {
            V value = ActivationMath<TSimd, V>.Exp(TSimd.Subtract(TSimd.Load(x + i), maxes));
            sum = TSimd.Add(sum, value);
            if (y != null)
                TSimd.Store(value, y + i);
        }

        if (i < n)
        {
            // Lanes beyond the row are e^-infinity = 0.
            V value = LoadPadded<TSimd, V>(x + i, (int)(n - i));
            value = ActivationMath<TSimd, V>.Exp(TSimd.Subtract(value, maxes));
            sum = TSimd.Add(sum, value);
            if (y != null)
                TSimd.StorePartial(value, y + i, (int)(n - i));
        }

        return TSimd.Sum(sum);
    }

    // x - max - last for the logarithm, x·last otherwise.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish<TSimd, V>(float* x, nint n, bool log, float max, float last, float* y)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V maxes = TSimd.Broadcast(max);
        V lasts = TSimd.Broadcast(last);
        nint i = 0;
        for (; i <= n - TSimd.Count; i += TSimd.Count)
        {
            V value = TSimd.Load(x + i);
            TSimd.Store(log ? TSimd.Subtract(TSimd.Subtract(value, maxes), lasts) : TSimd.Multiply(value, lasts), y + i);
        }

        for (; i < n; i++)
            y[i] = log ? x[i] - max - last : x[i] * last;
    }

    // A vector of columns of [n, inner] at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<TSimd, V>(float* x, nint n, nint inner, nint columns, bool log, float* y)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        nint column = 0;
        for (; column <= columns - TSimd.Count; column += TSimd.Count)
        {
            V max = TSimd.Broadcast(float.NegativeInfinity);
            for (nint i = column; i < n * inner; i += inner)
                max = TSimd.Max(max, TSimd.Load(x + i));

            V sum = TSimd.Zero;
            for (nint i = column; i < n * inner; i += inner)
            {
                V value = ActivationMath<TSimd, V>.Exp(TSimd.Subtract(TSimd.Load(x + i), max));
                sum = TSimd.Add(sum, value);
                if (!log)
                    TSimd.Store(value, y + i);
            }

            V last = log ? LaneByLane.Log<TSimd, V>(sum) : TSimd.Divide(TSimd.Broadcast(1), sum);
            for (nint i = column; i < n * inner; i += inner)
            {
                V value = TSimd.Load((log ? x : y) + i);
                TSimd.Store(log ? TSimd.Subtract(TSimd.Subtract(value, max), last) : TSimd.Multiply(value, last), y + i);
            }
        }

        if (column < columns)
            Columns<SimdScalar, float>(x + column, n, inner, columns - column, log, y + column);
    }

    private readonly struct Call(float* x, nint outer, nint n, nint inner, bool log, float* y) : ISimdKernel
    {
        public void Run<TSimd, V>()
            where TSimd : ISimd<V>
            where V : unmanaged
        {
            for (nint item = 0; item < outer; item++)
            {
                nint start = item * n * inner;
                if (inner == 1)
                    Row<TSimd, V>(x + start, n, log, y + start);
                else
                    Columns<TSimd, V>(x + start, n, inner, inner, log, y + start);
            }
        }
    }
}
