using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>An activation that the model's code calls as a function, with its gradient.</summary>
internal sealed class ActivationCallNode(ActivationSpec spec, Value x) : TrainingNode(x.shape, x)
{
    public ActivationSpec Spec { get; } = spec;

    /// <summary>Whether the code asks to overwrite the input: of some kinds that rounds the gradient otherwise.</summary>
    public bool IsInPlace { get; set; }
}
