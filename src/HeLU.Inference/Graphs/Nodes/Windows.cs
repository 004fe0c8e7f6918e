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

    public static ConvTransposeShape ConvTransposeShape(ModuleNode module, long[] input) => default;

    public static PoolKernel Pool(PoolNode node, SimdWidth width) => new();

    public static PoolKernel AdaptivePool(AdaptivePoolNode node, SimdWidth width) => new();

    private static Size2d Size(ModuleNode module, string attribute, int ofMissingDimension) => module.Attribute<long[]>(attribute) switch
    {
        [var width] => new(ofMissingDimension, (int)width),
        var sizes => new((int)sizes[0], (int)sizes[1]),
    };
}
