using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Skips the zeros that a ReLU leaves in one row of input: turns x·B into (x without its zeros)·(the rows of B that belong to the rest).
/// </summary>
internal static unsafe class LinearZeros
{
    /// <summary>Below this many weights, looking for zeros takes longer than the products that it saves.</summary>
    private const int LeastWeights = 16 * 1024;

    /// <summary>Products are skipped where at most this share of x is not zero: rows here and there are read slower than one after the other.</summary>
    private const double MostNonzero = 0.8;

    /// <summary>Whether a layer is large enough.</summary>
    public static bool Pays(int inFeatures, int outFeatures) => (long)inFeatures * outFeatures >= LeastWeights && outFeatures >= 32;

    /// <summary>Room for the values that are not zero, and for where they stand.</summary>
    public static long ScratchFloats(int inFeatures) => 2L * inFeatures;

    /// <summary>Leaves a product of one row as it is, or cuts it down to x's nonzero elements, which then stand in <paramref name="scratch"/>.</summary>
    public static void TrySkip(ref GemmArguments product, float* scratch, SimdWidth width)
    {
        int nonzero = CountNonzero(product.Left, product.K, width);
        if (nonzero > product.K * MostNonzero)
            return;

        int* offsets = (int*)(scratch + product.K);
        Collect(product.Left, product.K, scratch, offsets, (int)product.RightStride);
        product.K = nonzero;
        product.Left = scratch;
        product.RightOffsets = offsets;
    }

    private static int CountNonzero(float* x, int count, SimdWidth width) => width switch
    {
        SimdWidth.Vector512 => CountNonzero<Simd512, Vector512<float>>(x, count),
        SimdWidth.Vector256 => CountNonzero<Simd256, Vector256<float>>(x, count),
        SimdWidth.Vector128 => CountNonzero<Simd128, Vector128<float>>(x, count),
        _ => CountNonzero<SimdScalar, float>(x, count),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountNonzero<TSimd, V>(float* x, int count)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int zeros = 0;
        int i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
            zeros += TSimd.CountZeros(TSimd.Load(x + i));
        for (; i < count; i++)
            zeros += x[i] == 0 ? 1 : 0;
        return count - zeros;
    }

    /// <summary>Writes the elements that are not zero and, for each, where its row of B begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Collect(float* x, int count, float* values, int* offsets, int stride)
    {
        // No branch: whether the next element is zero cannot be foreseen.
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            values[next] = x[i];
            offsets[next] = i * stride;
            next += x[i] != 0 ? 1 : 0;
        }
    }
}
