using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>y = act(f(x)), element by element.</summary>
internal static unsafe class UnaryKernel
{
    /// <summary>y[i] = act(f(x[i])), i &lt; n; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="operation"/> is not one.</exception>
    public static void Run(UnaryOperation operation, float* x, nint n, float* y, in Epilogue epilogue, SimdWidth width) =>
        SimdDispatch.Run(new Call(operation, x, n, y, new EpilogueStep(epilogue)), width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TSimd, V>(UnaryOperation operation, float* x, nint n, float* y, float low, float high)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V lows = TSimd.Broadcast(low);
        V highs = TSimd.Broadcast(high);
        nint i = 0;
        for (; i <= n - TSimd.Count; i += TSimd.Count)
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(Apply<TSimd, V>(operation, TSimd.Load(x + i)), lows), highs), y + i);
        if (i < n)
        {
            V value = Apply<TSimd, V>(operation, TSimd.LoadPartial(x + i, (int)(n - i)));
            TSimd.StorePartial(TSimd.AtMost(TSimd.AtLeast(value, lows), highs), y + i, (int)(n - i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Apply<TSimd, V>(UnaryOperation operation, V value)
        where TSimd : ISimd<V>
        where V : unmanaged => operation switch
        {
            UnaryOperation.Neg => TSimd.Multiply(value, TSimd.Broadcast(-1)),
            UnaryOperation.Abs => TSimd.Abs(value),
            UnaryOperation.Exp => ActivationMath<TSimd, V>.Exp(value),
            UnaryOperation.Log => LaneByLane.Log<TSimd, V>(value),
            UnaryOperation.Sqrt => TSimd.Sqrt(value),
            UnaryOperation.Square => TSimd.Multiply(value, value),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation."),
        };

    private readonly struct Call(UnaryOperation operation, float* x, nint n, float* y, EpilogueStep step) : ISimdKernel
    {
        public void Run<TSimd, V>()
            where TSimd : ISimd<V>
            where V : unmanaged
        {
            for (nint start = 0; start < n; start += EpilogueStep.Block)
            {
                nint count = nint.Min(EpilogueStep.Block, n - start);
                Block<TSimd, V>(operation, x + start, count, y + start, step.Low, step.High);
                step.Finish<TSimd, V>(y + start, count);
            }
        }
    }
}
