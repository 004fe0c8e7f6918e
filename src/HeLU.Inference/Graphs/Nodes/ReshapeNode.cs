using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>The same elements in another shape: nothing moves.</summary>
internal sealed class ReshapeNode(Value x, long[] shape) : Node(shape, x)
{
    public override Value? ViewOf => Inputs[0];

    public override Value? AliasOf => Inputs[0];

    public override Step? Compile(PlanBuilder builder) => null;
}
