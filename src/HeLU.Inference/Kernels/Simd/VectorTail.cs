using System.Runtime.CompilerServices;

namespace Helu.Inference.Kernels.Simd;

/// <summary>
/// Loads and stores at the end of a run of floats, where fewer than a vector are left: the same vector code then computes them, so that an element
/// comes out the same wherever it stands. Loops stop before that point, as the calls here would cost them their registers.
/// </summary>
internal static unsafe class VectorTail
{
    /// <summary>The <paramref name="left"/> floats that are left, fewer than a vector; the other lanes are <paramref name="rest"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Load<TSimd, V>(float* source, nint left, float rest = 0)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V value = TSimd.Broadcast(rest);
        float* lanes = (float*)&value;
        for (nint lane = 0; lane < left; lane++)
            lanes[lane] = source[lane];
        return value;
    }

    /// <summary>Stores the first <paramref name="left"/> lanes, fewer than a vector.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store<V>(V value, float* destination, nint left)
        where V : unmanaged
    {
        float* lanes = (float*)&value;
        for (nint lane = 0; lane < left; lane++)
            destination[lane] = lanes[lane];
    }
}
