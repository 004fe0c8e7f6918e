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
