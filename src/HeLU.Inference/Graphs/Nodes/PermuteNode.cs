using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>The dimensions in another order.</summary>
internal sealed class PermuteNode(Value x, int[] order) : Node([.. order.Select(dim => x.shape[dim])], x)
{
    public int[] Order { get; } = order;

    public override Value? ViewOf => Inputs[0];

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        int[] shape = Shapes.Ints(Inputs[0].shape), order = Order;
        return (in RunState s) => TransposeKernel.Run(s.At(x), shape, order, s.At(y));
    }
}
