using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>An operation of two tensors, broadcast.</summary>
internal sealed class BinaryNode(ElementwiseOperation operation, Value a, Value b)
    : EpilogueNode(Shapes.Broadcast(a.shape, b.shape, operation.ToString()), a, b)
{
    public ElementwiseOperation Operation { get; } = operation;

    public override bool CanOverwrite(int index) => Inputs[index].shape.AsSpan().SequenceEqual(Output.shape);

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot a = builder.SlotOf(Inputs[0]), b = builder.SlotOf(Inputs[1]), y = builder.SlotOf(Output);
        int[] shapeA = Shapes.Ints(Inputs[0].shape), shapeB = Shapes.Ints(Inputs[1].shape);
        (ElementwiseOperation operation, Epilogue epilogue, SimdWidth width) = (Operation, Epilogue, builder.Width);
        return (in RunState s) => ElementwiseKernel.Run(operation, s.At(a), shapeA, s.At(b), shapeB, s.At(y), epilogue, width);
    }
}

/// <summary>An operation of a tensor and a number.</summary>
internal sealed class ScalarNode(ElementwiseOperation operation, Value x, float scalar, bool isScalarFirst) : EpilogueNode(x.shape, x)
{
    public ElementwiseOperation Operation { get; } = operation;

    public float Scalar { get; } = scalar;

    public bool IsScalarFirst { get; } = isScalarFirst;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        nint count = (nint)Output.numel;
        (ElementwiseOperation operation, float scalar, Epilogue epilogue, SimdWidth width) = (Operation, Scalar, Epilogue, builder.Width);
        return IsScalarFirst
            ? (in RunState s) => ElementwiseKernel.Run(operation, scalar, s.At(x), count, s.At(y), epilogue, width)
            : (in RunState s) => ElementwiseKernel.Run(operation, s.At(x), scalar, count, s.At(y), epilogue, width);
    }
}

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
