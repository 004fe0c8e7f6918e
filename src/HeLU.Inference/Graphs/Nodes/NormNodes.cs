using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
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

/// <summary>Over the last dimensions (Ba, Kiros, Hinton, arXiv 1607.06450).</summary>
internal sealed class LayerNormNode(ModuleNode module, Value x) : StatisticsNode(module, x)
{
    public override unsafe Step Compile(PlanBuilder builder)
    {
        int length = (int)Shapes.Count(Module.Attribute<long[]>("normalized_shape"));
        int rows = (int)(Output.numel / length);
        double eps = Module.Attribute<double>("eps");
        Epilogue epilogue = Epilogue;
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output), weight = SlotOf(builder, "weight"), bias = SlotOf(builder, "bias");
        SimdWidth width = builder.Width;
        return (in RunState s) => LayerNormKernel.Run(s.At(x), rows, length, s.At(weight), s.At(bias), eps, s.At(y), epilogue, width);
    }
}

/// <summary>Over the channels of a group and all positions (Wu, He, arXiv 1803.08494).</summary>
internal sealed class GroupNormNode(ModuleNode module, Value x) : StatisticsNode(module, x)
{
    public override unsafe Step Compile(PlanBuilder builder)
    {
        Value input = Inputs[0];
        int batch = (int)input.shape[0], channels = (int)input.shape[1], positions = (int)Shapes.Count(input.shape.AsSpan(2..));
        int groups = (int)Module.Attribute<long>("num_groups");
        double eps = Module.Attribute<double>("eps");
        Epilogue epilogue = Epilogue;
        Slot x = builder.SlotOf(input), y = builder.SlotOf(Output), weight = SlotOf(builder, "weight"), bias = SlotOf(builder, "bias");
        SimdWidth width = builder.Width;
        return (in RunState s) => GroupNormKernel.Run(s.At(x), batch, channels, positions, groups, s.At(weight), s.At(bias), eps, s.At(y), epilogue, width);
    }
}
