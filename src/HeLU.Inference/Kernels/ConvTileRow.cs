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
        TSimd.Store(Clamp(First, low, high), destination);
        if (TColumns.Value > 1)
            TSimd.Store(Clamp(Second, low, high), destination + TSimd.Count);
        if (TColumns.Value > 2)
            TSimd.Store(Clamp(Third, low, high), destination + (2 * TSimd.Count));
    }

    /// <summary>Adds the residual, if there is one, and stores; of the last vector only the first <paramref name="lanes"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePartial(float* destination, float* residual, int lanes, V low, V high)
    {
        int last = (TColumns.Value - 1) * TSimd.Count;
        V rest = residual != null ? TSimd.LoadPartial(residual + last, lanes) : TSimd.Zero;
        if (TColumns.Value > 1)
            TSimd.Store(Clamp(residual != null ? TSimd.Add(First, TSimd.Load(residual)) : First, low, high), destination);
        if (TColumns.Value > 2)
            TSimd.Store(Clamp(residual != null ? TSimd.Add(Second, TSimd.Load(residual + TSimd.Count)) : Second, low, high), destination + TSimd.Count);
        V final = TColumns.Value > 2 ? Third : TColumns.Value > 1 ? Second : First;
        TSimd.StorePartial(Clamp(residual != null ? TSimd.Add(final, rest) : final, low, high), destination + last, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamp(V value, V low, V high) => TSimd.AtMost(TSimd.AtLeast(value, low), high);
}
