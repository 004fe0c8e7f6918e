namespace Helu.Inference.Kernels.Simd;

/// <summary>Loads and stores of a vector's first lanes, for machines without masked ones.</summary>
internal static unsafe class PartialVector
{
    public static V Load<V>(float* source, int count)
        where V : unmanaged
    {
        V value = default;
        for (int lane = 0; lane < count; lane++)
            ((float*)&value)[lane] = source[lane];
        return value;
    }

    public static void Store<V>(V value, float* destination, int count)
        where V : unmanaged
    {
        for (int lane = 0; lane < count; lane++)
            destination[lane] = ((float*)&value)[lane];
    }
}
