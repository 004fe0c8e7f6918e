using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

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
