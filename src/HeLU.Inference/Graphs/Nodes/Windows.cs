using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Shapes of windows as the kernels take them.</summary>
internal static class Windows
{
    public static ConvShape ConvShape(ModuleNode module, long[] input) => default;

    public static ConvTransposeShape ConvTransposeShape(ModuleNode module, long[] input) => default;

    public static PoolKernel Pool(PoolNode node, SimdWidth width) => new();

    public static PoolKernel AdaptivePool(AdaptivePoolNode node, SimdWidth width) => new();

    public static UpsampleKernel Upsample(UpsampleNode node) => new();
}
