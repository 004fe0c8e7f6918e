using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>A part of one dimension.</summary>
internal sealed class NarrowNode(Value x, int dimension, long start, long length)
    : Node([.. x.shape[..dimension], length, .. x.shape[(dimension + 1)..]], x)
{
    public int Dimension { get; } = dimension;

    public long Start { get; } = start;

    public override Value? ViewOf => Inputs[0];

    public override unsafe Step Compile(PlanBuilder builder)
    {
        long[] shape = Inputs[0].shape;
        nint outer = (nint)Shapes.Count(shape.AsSpan(..Dimension)), inner = (nint)Shapes.Count(shape.AsSpan((Dimension + 1)..));
        nint from = (nint)Start * inner, row = (nint)shape[Dimension] * inner, part = (nint)Output.shape[Dimension] * inner;
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) => ConcatKernel.Run(s.At(x) + from, row, s.At(y), part, part, outer);
    }
}
