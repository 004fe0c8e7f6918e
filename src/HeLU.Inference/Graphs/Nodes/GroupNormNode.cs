using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

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
