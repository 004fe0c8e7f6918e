using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>The operations of <see cref="ElementwiseOperation"/> as type arguments, so that the JIT makes a loop of its own for each.</summary>
internal static class BinaryOperator
{
    internal interface IOperator
    {
        static abstract V Apply<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged;
    }

    internal readonly struct Add : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Add(a, b);
    }

    internal readonly struct Sub : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Subtract(a, b);
    }

    internal readonly struct Mul : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Multiply(a, b);
    }

    internal readonly struct Div : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Divide(a, b);
    }

    internal readonly struct Maximum : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Max(a, b);
    }

    internal readonly struct Minimum : IOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Min(a, b);
    }
}
