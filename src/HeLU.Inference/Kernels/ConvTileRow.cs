using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>One row of a <see cref="ConvMicroKernel"/>'s tile in registers: one to three vectors of neighbouring pixels of one output channel.</summary>
internal unsafe struct ConvTileRow<TSimd, V, TColumns>
    where TSimd : ISimd<V>
    where V : unmanaged
    where TColumns : MicroKernelSize.ISize
{
    public V First;
    public V Second;
    public V Third;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(float value)
    {
        V all = TSimd.Broadcast(value);
        First = all;
        if (TColumns.Value > 1)
            Second = all;
        if (TColumns.Value > 2)
            Third = all;
    }

    /// <summary>this += w·(first, second, third).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float w, V first, V second, V third)
    {
        V all = TSimd.Broadcast(w);
        First = TSimd.MultiplyAdd(all, first, First);
        if (TColumns.Value > 1)
            Second = TSimd.MultiplyAdd(all, second, Second);
        if (TColumns.Value > 2)
            Third = TSimd.MultiplyAdd(all, third, Third);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float* source)
    {
        First = TSimd.Add(First, TSimd.Load(source));
        if (TColumns.Value > 1)
            Second = TSimd.Add(Second, TSimd.Load(source + TSimd.Count));
        if (TColumns.Value > 2)
            Third = TSimd.Add(Third, TSimd.Load(source + (2 * TSimd.Count)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination, V low, V high)
    {
        TSimd.Store(TSimd.AtMost(TSimd.AtLeast(First, low), high), destination);
        if (TColumns.Value > 1)
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(Second, low), high), destination + TSimd.Count);
        if (TColumns.Value > 2)
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(Third, low), high), destination + (2 * TSimd.Count));
    }
}
