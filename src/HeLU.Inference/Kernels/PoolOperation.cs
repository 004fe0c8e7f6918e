using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>What pooling does with the elements of a window.</summary>
internal static class PoolOperation
{
    internal interface IOperation
    {
        /// <summary>What changes no result.</summary>
        static abstract float Identity { get; }

        static abstract bool IsAverage { get; }

        static abstract V Combine<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged;

        static abstract float Reduce<TSimd, V>(V lanes)
            where TSimd : ISimd<V>
            where V : unmanaged;
    }

    /// <summary>The largest; NaN where there is one.</summary>
    internal readonly struct Max : IOperation
    {
        public static float Identity => float.NegativeInfinity;

        public static bool IsAverage => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Max(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Reduce<TSimd, V>(V lanes)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.MaxLane(lanes);
    }

    /// <summary>The sum, to be divided.</summary>
    internal readonly struct Average : IOperation
    {
        public static float Identity => 0;

        public static bool IsAverage => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TSimd, V>(V a, V b)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Add(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Reduce<TSimd, V>(V lanes)
            where TSimd : ISimd<V>
            where V : unmanaged => TSimd.Sum(lanes);
    }
}
