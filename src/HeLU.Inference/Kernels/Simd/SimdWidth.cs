using System.Runtime.Intrinsics;

namespace Helu.Inference.Kernels.Simd;

/// <summary>The widths that kernels exist in.</summary>
internal enum SimdWidth
{
    /// <summary>No vectors.</summary>
    Scalar = 1,

    /// <summary>128 bits: ARM's NEON, SSE.</summary>
    Vector128 = 4,

    /// <summary>256 bits: AVX2.</summary>
    Vector256 = 8,

    /// <summary>512 bits: AVX-512.</summary>
    Vector512 = 16,
}

/// <summary>Which width this machine runs.</summary>
internal static class SimdWidths
{
    /// <summary>The widest one that the machine has. Kernels take a width as an argument, so that tests can ask for each.</summary>
    public static SimdWidth Best { get; } =
        Vector512.IsHardwareAccelerated ? SimdWidth.Vector512
        : Vector256.IsHardwareAccelerated ? SimdWidth.Vector256
        : Vector128.IsHardwareAccelerated ? SimdWidth.Vector128
        : SimdWidth.Scalar;
}
