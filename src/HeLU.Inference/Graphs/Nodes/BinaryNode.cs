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
