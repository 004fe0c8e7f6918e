using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>A module of the library, run as it is.</summary>
internal sealed class ModuleCallNode(ModuleNode module, long[] outputShape, Value x) : TrainingNode(outputShape, x)
{
    public ModuleNode Module { get; } = module;

    /// <summary>What a ReLU is swapped for; null where the module computes what it is.</summary>
    public ActivationSpec? Swap { get; init; }
}
