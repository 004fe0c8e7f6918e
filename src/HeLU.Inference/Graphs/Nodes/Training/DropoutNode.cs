using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>A dropout that the model's code calls as a function.</summary>
/// <param name="function">Its name in <c>torch.nn.functional</c>.</param>
/// <param name="probability">How likely an element, or a channel, is zeroed.</param>
/// <param name="x">The input.</param>
internal sealed class DropoutNode(string function, double probability, Value x) : TrainingNode(x.shape, x)
{
    public string Function { get; } = function;

    public double Probability { get; } = probability;
}
