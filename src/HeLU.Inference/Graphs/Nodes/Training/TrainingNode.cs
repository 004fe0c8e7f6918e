using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>A node that only a recording for training holds: it runs on libtorch.</summary>
internal abstract class TrainingNode(long[] outputShape, params Value[] inputs) : Node(outputShape, inputs)
{
    public sealed override Step? Compile(PlanBuilder builder) =>
        throw new InvalidOperationException($"{GetType().Name} was recorded for training, which the managed kernels do not run.");
}
