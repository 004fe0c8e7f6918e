using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;

namespace Helu.Inference.Tracing;

public static partial class Ops
{
    /// <summary>The largest of each window of [N, C, L].</summary>
    public static Value max_pool1d(Value x, long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode) =>
        max_pool(x, Sizes(kernel_size, 1), Sizes(stride ?? kernel_size, 1), Sizes(padding ?? [0], 1), Sizes(dilation ?? [1], 1), ceil_mode);

    /// <summary>The largest of each window of [N, C, H, W].</summary>
    public static Value max_pool2d(Value x, long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode) =>
        max_pool(x, Sizes(kernel_size, 2), Sizes(stride ?? kernel_size, 2), Sizes(padding ?? [0], 2), Sizes(dilation ?? [1], 2), ceil_mode);

    /// <summary>The mean of each window of [N, C, L].</summary>
    public static Value avg_pool1d(Value x, long[] kernel_size, long[]? stride, long[]? padding, bool ceil_mode, bool count_include_pad) =>
        avg_pool(x, Sizes(kernel_size, 1), Sizes(stride ?? kernel_size, 1), Sizes(padding ?? [0], 1), ceil_mode, count_include_pad, 0);

    /// <summary>The mean of each window of [N, C, H, W].</summary>
    public static Value avg_pool2d(Value x, long[] kernel_size, long[]? stride, long[]? padding, bool ceil_mode, bool count_include_pad) =>
        avg_pool(x, Sizes(kernel_size, 2), Sizes(stride ?? kernel_size, 2), Sizes(padding ?? [0], 2), ceil_mode, count_include_pad, 0);

    /// <summary>Means of as many windows as asked for, of [N, C, L].</summary>
    public static Value adaptive_avg_pool1d(Value x, long[] output_size) => adaptive_pool(x, Sizes(output_size, 1), isMax: false);

    /// <summary>Means of as many windows as asked for, of [N, C, H, W].</summary>
    public static Value adaptive_avg_pool2d(Value x, long[] output_size) => adaptive_pool(x, Sizes(output_size, 2), isMax: false);

    /// <summary>The nearest neighbour's value, for a new size or for a factor.</summary>
    public static Value interpolate(Value x, long[]? size, double[]? scale_factor) => Graph.Recording.Add(new UpsampleNode(x, size, scale_factor));

    internal static Value max_pool(Value x, long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceilMode) =>
        Graph.Recording.Add(new PoolNode(x, new PoolWindow(kernel, stride, padding, dilation, ceilMode), PoolKind.Max, countIncludePad: false, divisor: 0));

    internal static Value avg_pool(Value x, long[] kernel, long[] stride, long[] padding, bool ceilMode, bool countIncludePad, long divisor) =>
        Graph.Recording.Add(new PoolNode(x, new PoolWindow(kernel, stride, padding, [.. kernel.Select(_ => 1L)], ceilMode), PoolKind.Average, countIncludePad, divisor));

    internal static Value adaptive_pool(Value x, long[] outputSize, bool isMax) => Graph.Recording.Add(new AdaptivePoolNode(x, outputSize, isMax));

    /// <summary>One size speaks for every dimension.</summary>
    private static long[] Sizes(long[] sizes, int dimensions) => sizes.Length == 1 ? [.. Enumerable.Repeat(sizes[0], dimensions)] : sizes;
}
