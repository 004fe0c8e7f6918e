using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>A tensor that an in-place operation on the original leaves alone. Recorded values never change, so that nothing needs to be copied.</summary>
internal sealed class CloneNode(Value x) : Node(x.shape, x)
{
    public override Value? AliasOf => Inputs[0];

    public override Step? Compile(PlanBuilder builder) => null;
}
