using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>An operation of one tensor.</summary>
internal sealed class TensorCallNode(TensorCall call, Value x) : TrainingNode(x.shape, x)
{
    public TensorCall Call { get; } = call;

    public override Value? ViewOf => Call is TensorCall.Detach or TensorCall.Contiguous ? Inputs[0] : null;
}
