using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>A normalisation by the input's own mean and variance, with a learned scale and shift where the module has them.</summary>
internal abstract class StatisticsNode(ModuleNode module, Value x) : EpilogueNode(x.shape, x)
{
    public ModuleNode Module { get; } = module;

    public override bool CanOverwrite(int index) => true;

    /// <summary>The slot of a weight, or none where the module has no such.</summary>
    protected Slot SlotOf(PlanBuilder builder, string weight) =>
        Module.Weights.TryGetValue(weight, out Weight? found) ? builder.Constant(found) : Slot.None;
}
