using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Shapes of windows as the kernels take them.</summary>
internal static class Windows
{
    /// <summary>Height and width of [N, C, H, W]; a [N, C, L] has height 1.</summary>
    public static Size2d Spatial(long[] shape) => shape.Length == 3 ? new(1, (int)shape[2]) : new((int)shape[2], (int)shape[3]);

    public static ConvShape ConvShape(ModuleNode module, long[] input) => new(
        (int)module.Attribute<long>("in_channels"),
        (int)module.Attribute<long>("out_channels"),
        (int)module.Attribute<long>("groups"),
        Spatial(input),
        Size(module, "kernel_size", 1),
        Size(module, "stride", 1),
        Size(module, "padding", 0),
        Size(module, "dilation", 1));

    public static ConvTransposeShape ConvTransposeShape(ModuleNode module, long[] input) => new(
        (int)module.Attribute<long>("in_channels"),
        (int)module.Attribute<long>("out_channels"),
        (int)module.Attribute<long>("groups"),
        Spatial(input),
        Size(module, "kernel_size", 1),
        Size(module, "stride", 1),
        Size(module, "padding", 0),
        Size(module, "output_padding", 0),
        Size(module, "dilation", 1));

    public static PoolKernel Pool(PoolNode node, SimdWidth width)
    {
        PoolWindow window = node.Window;
        int channels = (int)node.Output.shape[1];
        Size2d input = Spatial(node.Inputs[0].shape), kernel = Size(window.Kernel, 1), stride = Size(window.Stride, 1), padding = Size(window.Padding, 0);
        PoolShape shape = node.Kind == PoolKind.Max
            ? PoolShape.Max(channels, input, kernel, stride, padding, Size(window.Dilation, 1), window.CeilMode)
            : PoolShape.Average(channels, input, kernel, stride, padding, window.CeilMode, node.CountIncludePad, node.Divisor == 0 ? null : (int)node.Divisor);
        return new PoolKernel(shape, width);
    }

    public static PoolKernel AdaptivePool(AdaptivePoolNode node, SimdWidth width)
    {
        int channels = (int)node.Output.shape[1];
        Size2d input = Spatial(node.Inputs[0].shape), output = Spatial(node.Output.shape);
        return new PoolKernel(node.IsMax ? PoolShape.AdaptiveMax(channels, input, output) : PoolShape.AdaptiveAverage(channels, input, output), width);
    }

    private static Size2d Size(ModuleNode module, string attribute, int ofMissingDimension) => Size(module.Attribute<long[]>(attribute), ofMissingDimension);

    private static Size2d Size(long[] sizes, int ofMissingDimension) => sizes.Length == 1 ? new(ofMissingDimension, (int)sizes[0]) : new((int)sizes[0], (int)sizes[1]);
}
