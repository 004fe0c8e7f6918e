using System.Runtime.Intrinsics;

namespace Helu.Inference.Kernels.Simd;

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
