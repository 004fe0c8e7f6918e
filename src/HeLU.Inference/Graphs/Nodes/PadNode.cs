using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Zeros before and after one dimension.</summary>
internal sealed class PadNode(Value x, int dimension, long before, long after)
    : Node([.. x.shape[..dimension], x.shape[dimension] + before + after, .. x.shape[(dimension + 1)..]], x)
{
    public int Dimension { get; } = dimension;

    public long Before { get; } = before;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        long[] shape = Inputs[0].shape;
        nint outer = (nint)Shapes.Count(shape.AsSpan(..Dimension)), inner = (nint)Shapes.Count(shape.AsSpan((Dimension + 1)..));
        nint offset = (nint)Before * inner, part = (nint)shape[Dimension] * inner, row = (nint)Output.shape[Dimension] * inner;
        long count = Output.numel;
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) =>
        {
            new Span<float>(s.At(y), checked((int)count)).Clear();
            ConcatKernel.Run(s.At(x), part, s.At(y) + offset, row, part, outer);
        };
    }
}
