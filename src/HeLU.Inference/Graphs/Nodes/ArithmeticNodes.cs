using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>An operation of two tensors, broadcast.</summary>
internal sealed class BinaryNode(BinaryOperation operation, Value a, Value b)
    : EpilogueNode(Shapes.Broadcast(a.shape, b.shape, operation.ToString()), a, b)
{
    public BinaryOperation Operation { get; } = operation;

    public override bool CanOverwrite(int index) => Inputs[index].shape.AsSpan().SequenceEqual(Output.shape);

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot a = builder.SlotOf(Inputs[0]), b = builder.SlotOf(Inputs[1]), y = builder.SlotOf(Output);
        var kernel = new ElementwiseKernel(Operation, Inputs[0].shape, Inputs[1].shape, builder.Width);
        Epilogue epilogue = Epilogue;
        return (in RunState s) => kernel.Run(s.At(a), s.At(b), s.At(y), epilogue);
    }
}

/// <summary>An operation of a tensor and a number.</summary>
internal sealed class ScalarNode(BinaryOperation operation, Value x, float scalar, bool isScalarFirst) : EpilogueNode(x.shape, x)
{
    public BinaryOperation Operation { get; } = operation;

    public float Scalar { get; } = scalar;

    public bool IsScalarFirst { get; } = isScalarFirst;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        long count = Output.numel;
        (BinaryOperation operation, float scalar, bool isScalarFirst, Epilogue epilogue, SimdWidth width) = (Operation, Scalar, IsScalarFirst, Epilogue, builder.Width);
        return (in RunState s) => ScalarKernel.Run(operation, s.At(x), scalar, isScalarFirst, s.At(y), count, epilogue, width);
    }
}

/// <summary>A function of each element.</summary>
internal sealed class UnaryNode(UnaryOperation operation, Value x) : Node(x.shape, x)
{
    public UnaryOperation Operation { get; } = operation;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        long count = Output.numel;
        UnaryOperation operation = Operation;
        SimdWidth width = builder.Width;
        return (in RunState s) => UnaryKernel.Run(operation, s.At(x), s.At(y), count, width);
    }
}
