using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>A function of each element.</summary>
internal sealed class UnaryNode(UnaryOperation operation, Value x) : EpilogueNode(x.shape, x)
{
    public UnaryOperation Operation { get; } = operation;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        nint count = (nint)Output.numel;
        (UnaryOperation operation, Epilogue epilogue, SimdWidth width) = (Operation, Epilogue, builder.Width);
        return (in RunState s) => UnaryKernel.Run(operation, s.At(x), count, s.At(y), epilogue, width);
    }
}
