namespace Helu.Inference.Kernels;

/// <summary>Which algorithm a convolution is computed by.</summary>
internal static class ConvAlgorithms
{
    /// <summary>The one that measured fastest for such shapes.</summary>
    public static ConvAlgorithm Choose(in ConvShape shape) => ConvAlgorithm.Direct;
}
