using System.Runtime.Intrinsics;

namespace Helu.Inference.Kernels.Simd;

/// <summary>Picks the code for a width.</summary>
internal static class SimdDispatch
{
    /// <summary>Runs the kernel in the width.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run<TKernel>(TKernel kernel, SimdWidth width)
        where TKernel : struct, ISimdKernel
    {
        switch (width)
        {
            case SimdWidth.Vector512:
                kernel.Run<Simd512, Vector512<float>>();
                break;
            case SimdWidth.Vector256:
                kernel.Run<Simd256, Vector256<float>>();
                break;
            case SimdWidth.Vector128:
                kernel.Run<Simd128, Vector128<float>>();
                break;
            case SimdWidth.Scalar:
                kernel.Run<SimdScalar, float>();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width), width, "Not a width.");
        }
    }
}
