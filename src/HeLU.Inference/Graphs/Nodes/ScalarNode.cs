using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>An operation of a tensor and a number.</summary>
internal sealed class ScalarNode(ElementwiseOperation operation, Value x, double scalar, bool isScalarFirst) : EpilogueNode(x.shape, x)
{
    public ElementwiseOperation Operation { get; } = operation;

    public double Scalar { get; } = scalar;

    public bool IsScalarFirst { get; } = isScalarFirst;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        nint count = (nint)Output.numel;
        (ElementwiseOperation operation, float scalar, Epilogue epilogue, SimdWidth width) = (Operation, (float)Scalar, Epilogue, builder.Width);
        return IsScalarFirst
            ? (in RunState s) => ElementwiseKernel.Run(operation, scalar, s.At(x), count, s.At(y), epilogue, width)
            : (in RunState s) => ElementwiseKernel.Run(operation, s.At(x), scalar, count, s.At(y), epilogue, width);
    }
}
