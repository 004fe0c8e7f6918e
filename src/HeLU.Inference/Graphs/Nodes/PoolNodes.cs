using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>What a pooling computes of a window.</summary>
internal enum PoolKind
{
    /// <summary>The largest element.</summary>
    Max,

    /// <summary>The mean.</summary>
    Average,
}

/// <summary>The windows of a pooling, one size for each spatial dimension.</summary>
internal sealed record PoolWindow(long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, bool CeilMode)
{
    /// <summary>[N, C, ...] to [N, C, windows...]. PyTorch's rule: with ceil_mode the last window must start inside the input or its left padding.</summary>
    public long[] OutputShape(Value x, string name)
    {
        if (x.dim != Kernel.Length + 2)
            throw new ArgumentException($"{name}: expected a tensor of {Kernel.Length + 2} dimensions; found {Shapes.Text(x.shape)}.");
        long[] shape = [.. x.shape];
        for (int i = 0; i < Kernel.Length; i++)
        {
            if (Padding[i] > Kernel[i] / 2)
                throw new ArgumentException($"{name}: padding {Padding[i]} is more than half of kernel {Kernel[i]}.");
            long size = x.shape[i + 2], room = size + (2 * Padding[i]) - (Dilation[i] * (Kernel[i] - 1)) - 1;
            if (room < 0 && !(CeilMode && room > -Stride[i]))
                throw new ArgumentException($"{name}: a kernel of {Kernel[i]} does not fit into {size} elements with padding {Padding[i]}.");
            long windows = (CeilMode ? (room + Stride[i] - 1) / Stride[i] : room / Stride[i]) + 1;
            if (CeilMode && (windows - 1) * Stride[i] >= size + Padding[i])
                windows--;
            Graph.Recording.DropsPixels |= !CeilMode && room % Stride[i] > Padding[i];
            shape[i + 2] = windows;
        }
        return shape;
    }
}

/// <summary>Pooling over windows.</summary>
internal sealed class PoolNode(Value x, PoolWindow window, PoolKind kind, bool countIncludePad, long divisor) : Node(window.OutputShape(x, $"{kind} pooling"), x)
{
    public PoolWindow Window { get; } = window;

    public PoolKind Kind { get; } = kind;

    public bool CountIncludePad { get; } = countIncludePad;

    /// <summary>What an average is divided by; 0: the number of elements.</summary>
    public long Divisor { get; } = divisor;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        PoolKernel kernel = Windows.Pool(this, builder.Width);
        int batch = checked((int)Output.shape[0]);
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) => kernel.Run(s.At(x), batch, s.At(y), s.Workers);
    }
}

/// <summary>Pooling to a number of windows; window i spans from ⌊i·size/windows⌋ to ⌈(i + 1)·size/windows⌉.</summary>
internal sealed class AdaptivePoolNode(Value x, long[] outputSize, bool isMax) : Node(ShapeOf(x, outputSize), x)
{
    public bool IsMax { get; } = isMax;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        PoolKernel kernel = Windows.AdaptivePool(this, builder.Width);
        int batch = checked((int)Output.shape[0]);
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) => kernel.Run(s.At(x), batch, s.At(y), s.Workers);
    }

    private static long[] ShapeOf(Value x, long[] outputSize)
    {
        if (x.dim != outputSize.Length + 2 || outputSize.Any(size => size < 1))
            throw new ArgumentException($"adaptive pooling: {Shapes.Text(x.shape)} can't be pooled to {Shapes.Text(outputSize)}.");
        return [.. x.shape[..2], .. outputSize];
    }
}

/// <summary>Upsampling to the nearest neighbour.</summary>
internal sealed class UpsampleNode(Value x, long[]? size, double[]? scale) : Node(ShapeOf(x, size, scale), x)
{
    /// <summary>Null where a size was asked for.</summary>
    public double[]? Scale { get; } = size is null ? scale : null;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        nint planes = (nint)(Output.shape[0] * Output.shape[1]);
        Size2d from = Windows.Spatial(Inputs[0].shape), to = Windows.Spatial(Output.shape);
        double? scaleH = Output.shape.Length == 3 ? null : Scale?[0], scaleW = Scale?[^1];
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) => UpsampleKernel.Run(s.At(x), planes, from.H, from.W, s.At(y), to.H, to.W, scaleH, scaleW);
    }

    private static long[] ShapeOf(Value x, long[]? size, double[]? scale)
    {
        int spatial = x.shape.Length - 2;
        if (spatial is < 1 or > 2 || (size is null) == (scale is null))
            throw new ArgumentException($"interpolate: needs [N, C, L] or [N, C, H, W] and either size or scale_factor; found {Shapes.Text(x.shape)}.");
        return [.. x.shape[..2], .. Enumerable.Range(0, spatial).Select(i => size is not null ? Of(size, i) : (long)Math.Floor(x.shape[i + 2] * Of(scale!, i)))];

        T Of<T>(T[] perDimension, int i) => perDimension.Length == 1 ? perDimension[0] : perDimension[i];
    }
}
