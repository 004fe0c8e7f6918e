using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Helu.Freezing;

/// <summary>Convolutions, pooling and what else works on windows, on libtorch.</summary>
internal static class TorchPooling
{
    public static TorchOperation Convolution(WeightedNode node, Tensor weight, Tensor? bias)
    {
        ModuleNode m = node.Module;
        long[] stride = m.Attribute<long[]>("stride"), padding = m.Attribute<long[]>("padding"), dilation = m.Attribute<long[]>("dilation");
        long groups = m.Attribute<long>("groups");
        if (node is ConvTransposeNode)
        {
            long[] extra = m.Attribute<long[]>("output_padding");
            return stride.Length == 1
                ? (x, _, _) => F.conv_transpose1d(x, weight, bias, stride[0], padding[0], extra[0], dilation[0], groups)
                : (x, _, _) => F.conv_transpose2d(x, weight, bias, stride, padding, extra, dilation, groups);
        }
        return stride.Length == 1
            ? (x, _, _) => F.conv1d(x, weight, bias, stride[0], padding[0], dilation[0], groups)
            : (x, _, _) => F.conv2d(x, weight, bias, stride, padding, dilation, groups);
    }

    public static TorchOperation Pool(PoolNode node)
    {
        (long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceil) = node.Window;
        bool countPad = node.CountIncludePad;
        long? divisor = node.Divisor == 0 ? null : node.Divisor;
        return (node.Kind, kernel.Length) switch
        {
            (PoolKind.Max, 1) => (x, _, _) => F.max_pool1d(x, kernel[0], stride[0], padding[0], dilation[0], ceil),
            (PoolKind.Max, _) => (x, _, _) => F.max_pool2d(x, kernel, stride, padding, dilation, ceil),
            (_, 1) => (x, _, _) => F.avg_pool1d(x, kernel[0], stride[0], padding[0], ceil, countPad),
            _ => (x, _, _) => F.avg_pool2d(x, kernel, stride, padding, ceil, countPad, divisor),
        };
    }

    public static TorchOperation Adaptive(AdaptivePoolNode node)
    {
        long[] size = node.Output.shape[2..];
        return (node.IsMax, size.Length) switch
        {
            (true, 1) => (x, _, _) => F.adaptive_max_pool1d(x, size[0]),
            (true, _) => (x, _, _) => F.adaptive_max_pool2d(x, size),
            (false, 1) => (x, _, _) => F.adaptive_avg_pool1d(x, size[0]),
            _ => (x, _, _) => F.adaptive_avg_pool2d(x, size),
        };
    }

    public static TorchOperation Upsample(UpsampleNode node)
    {
        if (node.Scale is { } scale)
        {
            double[] perDimension = scale.Length == 1 ? [.. Enumerable.Repeat(scale[0], node.Output.shape.Length - 2)] : scale;
            return (x, _, _) => F.interpolate(x, scale_factor: perDimension, mode: InterpolationMode.Nearest);
        }
        long[] size = node.Output.shape[2..];
        return (x, _, _) => F.interpolate(x, size: size, mode: InterpolationMode.Nearest);
    }

    public static TorchOperation Pad(PadNode node)
    {
        int fromEnd = node.Output.shape.Length - 1 - node.Dimension;
        long after = node.Output.shape[node.Dimension] - node.Inputs[0].shape[node.Dimension] - node.Before;
        var padding = new long[(fromEnd + 1) * 2];
        (padding[^2], padding[^1]) = (node.Before, after);
        return (x, _, _) => F.pad(x, padding);
    }
}
