using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Functions that are rare enough in a model to be computed one lane after the other.</summary>
internal static unsafe class LaneByLane
{
    /// <summary>The natural logarithm.</summary>
    public static V Log<TSimd, V>(V value)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        float* lanes = (float*)&value;
        for (int lane = 0; lane < TSimd.Count; lane++)
            lanes[lane] = MathF.Log(lanes[lane]);
        return value;
    }
}
