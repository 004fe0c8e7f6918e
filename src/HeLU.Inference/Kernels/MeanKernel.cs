using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>PyTorch's mean over dimensions: the sum, divided by the number of terms (NaN where there are none).</summary>
internal static unsafe class MeanKernel
{
    /// <summary>y [outer, inner] = mean over the middle of x [outer, reduce, inner]. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, nint outer, nint reduce, nint inner, float* y, SimdWidth width)
    {
        SumKernel.Run(x, outer, reduce, inner, y, width);
        ElementwiseKernel.Run(ElementwiseOperation.Div, y, reduce, outer * inner, y, Epilogue.None, width);
    }

    /// <summary>Writes y, row-major, of the dimensions that stay: the mean over those whose bit is set in <paramref name="reduced"/>. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">There are more than 64 dimensions, or a bit beyond them.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, ReadOnlySpan<int> shape, ulong reduced, float* y, SimdWidth width)
    {
        SumKernel.Run(x, shape, reduced, y, width);
        nint means = SumKernel.Count(shape, ~reduced);
        ElementwiseKernel.Run(ElementwiseOperation.Div, y, SumKernel.Count(shape, reduced), means, y, Epilogue.None, width);
    }
}
