using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>A parameter or buffer of a user's class, as it is when the step runs.</summary>
internal sealed class ParameterNode(ModuleNode owner, string field, long[] shape) : TrainingNode(shape)
{
    public ModuleNode Owner { get; } = owner;

    public string Field { get; } = field;
}
