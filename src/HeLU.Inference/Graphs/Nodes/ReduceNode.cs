using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>The sum or mean over some dimensions.</summary>
internal sealed class ReduceNode(Value x, bool[] mask, bool keepDimensions, bool isMean) : Node(ShapeOf(x, mask, keepDimensions), x)
{
    /// <summary>For each dimension whether it is reduced.</summary>
    public bool[] Mask { get; } = mask;

    public bool KeepDimensions { get; } = keepDimensions;

    public bool IsMean { get; } = isMean;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        var kernel = new ReduceKernel(Inputs[0].shape, Mask, IsMean, builder.Width);
        return (in RunState s) => kernel.Run(s.At(x), s.At(y));
    }

    private static long[] ShapeOf(Value x, bool[] mask, bool keepDimensions) => keepDimensions
        ? [.. x.shape.Select((size, i) => mask[i] ? 1 : size)]
        : [.. x.shape.Where((_, i) => !mask[i])];
}
