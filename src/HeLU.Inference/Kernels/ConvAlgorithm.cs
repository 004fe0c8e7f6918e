namespace Helu.Inference.Kernels;

/// <summary>The ways to compute a convolution.</summary>
internal enum ConvAlgorithm
{
    /// <summary>Sums over taps at their addresses: <see cref="ConvDirect{TSimd, V}"/>. Any shape.</summary>
    Direct,

    /// <summary>Winograd's F(2x2, 3x3): 16 multiplications for 4 outputs instead of 36.</summary>
    Winograd2,

    /// <summary>Winograd's F(4x4, 3x3): 36 multiplications for 16 outputs instead of 144.</summary>
    Winograd4,

    /// <summary>One input channel for each group.</summary>
    Depthwise,
}
