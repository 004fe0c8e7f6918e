using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Which algorithm a convolution is computed by.</summary>
internal static class ConvAlgorithms
{
    /// <summary>
    /// The one that takes the fewest multiply-adds of vectors for each input and output channel, transforms included. The estimates agree with what was measured for layers
    /// from 3 to 512 channels and from 7x7 to 224x224.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="width">The width of the vectors.</param>
    /// <param name="batch">The batch that is to be fast.</param>
    public static ConvAlgorithm Choose(in ConvShape shape, SimdWidth width, int batch)
    {
        if (shape.InChannelsPerGroup == 1 && shape.Groups > 1)
            return ConvAlgorithm.Depthwise;
        if (!CanWinograd(shape))
            return ConvAlgorithm.Direct;
        double direct = shape.Kernel.Area * (double)batch * Vectors(shape.OutH * (shape.OutW + 2), width);
        double two = WinogradCost<WinogradTile2>(shape, width, batch);
        double four = WinogradCost<WinogradTile4>(shape, width, batch);
        if (direct <= Math.Min(two, four))
            return ConvAlgorithm.Direct;
        return two <= four ? ConvAlgorithm.Winograd2 : ConvAlgorithm.Winograd4;
    }

    /// <summary>Winograd's algorithms are for 3x3 kernels with stride 1 that see all channels.</summary>
    public static bool CanWinograd(in ConvShape shape) =>
        shape is { Groups: 1, Kernel: { H: 3, W: 3 }, Stride: { H: 1, W: 1 }, Dilation: { H: 1, W: 1 } };

    private static double WinogradCost<TTile>(in ConvShape shape, SimdWidth width, int batch)
        where TTile : IWinogradTile
    {
        // What a channel's transform takes, in products with one channel.
        const double inputTransform = 16;
        const double outputTransform = 14;
        int tiles = batch * Ceiling(shape.OutH, TTile.Outputs) * Ceiling(shape.OutW, TTile.Outputs);
        double transforms = (inputTransform / shape.OutChannels) + (outputTransform / shape.InChannels);
        return TTile.Inputs * TTile.Inputs * (double)Vectors(tiles, width) * (1 + transforms);
    }

    private static int Vectors(int columns, SimdWidth width) => Ceiling(columns, (int)width);

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
