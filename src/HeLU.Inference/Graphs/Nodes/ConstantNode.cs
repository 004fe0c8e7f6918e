using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>A tensor of the model, not computed.</summary>
internal sealed class ConstantNode(Weight weight) : Node(weight.Shape)
{
    public Weight Weight { get; } = weight;

    public override Step? Compile(PlanBuilder builder) => null;
}
