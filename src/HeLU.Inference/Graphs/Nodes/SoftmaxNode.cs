using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>softmax or log_softmax over one dimension.</summary>
internal sealed class SoftmaxNode(Value x, long dim, bool isLog) : Node(x.shape, x)
{
    public int Dimension { get; } = Shapes.Dimension(dim, x.shape.Length, "softmax");

    public bool IsLog { get; } = isLog;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        long[] shape = Output.shape;
        int outer = (int)Shapes.Count(shape.AsSpan(..Dimension)), length = (int)shape[Dimension], inner = (int)Shapes.Count(shape.AsSpan((Dimension + 1)..));
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        bool isLog = IsLog;
        SimdWidth width = builder.Width;
        return (in RunState s) => SoftmaxKernel.Run(s.At(x), outer, length, inner, isLog, s.At(y), width);
    }
}
