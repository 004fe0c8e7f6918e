using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>One row of a <see cref="MicroKernel"/>'s tile in registers: two vectors, or one where <typeparamref name="TColumns"/> says 1.</summary>
internal unsafe struct MicroKernelRow<TSimd, V, TColumns>
    where TSimd : ISimd<V>
    where V : unmanaged
    where TColumns : MicroKernelSize.ISize
{
    public V First;
    public V Second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MicroKernelRow<TSimd, V, TColumns> Broadcast(float value)
    {
        V all = TSimd.Broadcast(value);
        return new() { First = all, Second = all };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MicroKernelRow<TSimd, V, TColumns> Load(float* source) => new()
    {
        First = TSimd.Load(source),
        Second = TColumns.Value > 1 ? TSimd.Load(source + TSimd.Count) : TSimd.Zero,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* source)
    {
        First = TSimd.Add(First, TSimd.Load(source));
        if (TColumns.Value > 1)
            Second = TSimd.Add(Second, TSimd.Load(source + TSimd.Count));
    }

    /// <summary>this += a·(first, second).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float a, V first, V second)
    {
        V all = TSimd.Broadcast(a);
        First = TSimd.MultiplyAdd(all, first, First);
        if (TColumns.Value > 1)
            Second = TSimd.MultiplyAdd(all, second, Second);
    }

    // By value: a reference would keep the row out of registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(MicroKernelRow<TSimd, V, TColumns> other)
    {
        First = TSimd.Add(First, other.First);
        if (TColumns.Value > 1)
            Second = TSimd.Add(Second, other.Second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination, V low, V high)
    {
        TSimd.Store(TSimd.AtMost(TSimd.AtLeast(First, low), high), destination);
        if (TColumns.Value > 1)
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(Second, low), high), destination + TSimd.Count);
    }
}
