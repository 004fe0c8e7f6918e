using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
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
        int[] shape = Shapes.Ints(Inputs[0].shape);
        ulong reduced = 0;
        for (int i = 0; i < Mask.Length; i++)
            reduced |= Mask[i] ? 1UL << i : 0;
        SimdWidth width = builder.Width;
        return IsMean
            ? (in RunState s) => MeanKernel.Run(s.At(x), shape, reduced, s.At(y), width)
            : (in RunState s) => SumKernel.Run(s.At(x), shape, reduced, s.At(y), width);
    }

    private static long[] ShapeOf(Value x, bool[] mask, bool keepDimensions) => keepDimensions
        ? [.. x.shape.Select((size, i) => mask[i] ? 1 : size)]
        : [.. x.shape.Where((_, i) => !mask[i])];
}
