using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>A function of each element that is no kind to swap for, with its parameters in full precision.</summary>
internal sealed class FunctionNode(ActivationFunction function, double alpha, double beta, Value x) : TrainingNode(x.shape, x)
{
    public ActivationFunction Function { get; } = function;

    public double Alpha { get; } = alpha;

    public double Beta { get; } = beta;

    /// <summary>Whether the code asks to overwrite the input.</summary>
    public bool IsInPlace { get; set; }
}
