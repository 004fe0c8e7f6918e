using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

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
