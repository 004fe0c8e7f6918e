namespace Helu.Inference.Kernels;

/// <summary>Which algorithm a convolution is computed by.</summary>
internal static class ConvAlgorithms
{
    /// <summary>The one that measured fastest for such shapes at batch 1.</summary>
    public static ConvAlgorithm Choose(in ConvShape shape)
    {
        if (shape.InChannelsPerGroup == 1 && shape.Groups > 1)
            return ConvAlgorithm.Depthwise;
        if (!CanWinograd(shape) || Math.Min(shape.InChannels, shape.OutChannels) < 32)
            return ConvAlgorithm.Direct;
        return Math.Max(shape.OutH, shape.OutW) <= 8 ? ConvAlgorithm.Winograd2 : ConvAlgorithm.Winograd4;
    }

    /// <summary>Winograd's algorithms are for 3x3 kernels with stride 1 that see all channels.</summary>
    public static bool CanWinograd(in ConvShape shape) =>
        shape is { Groups: 1, Kernel: { H: 3, W: 3 }, Stride: { H: 1, W: 1 }, Dilation: { H: 1, W: 1 } };
}
