using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>The same elements in another shape: nothing moves.</summary>
internal sealed class ReshapeNode(Value x, long[] shape) : Node(shape, x)
{
    public override Value? ViewOf => Inputs[0];

    public override Value? AliasOf => Inputs[0];

    public override Step? Compile(PlanBuilder builder) => null;
}

/// <summary>A tensor that an in-place operation on the original leaves alone. Recorded values never change, so that nothing needs to be copied.</summary>
internal sealed class CloneNode(Value x) : Node(x.shape, x)
{
    public override Value? AliasOf => Inputs[0];

    public override Step? Compile(PlanBuilder builder) => null;
}

/// <summary>The dimensions in another order.</summary>
internal sealed class PermuteNode(Value x, int[] order) : Node([.. order.Select(dim => x.shape[dim])], x)
{
    public int[] Order { get; } = order;

    public override Value? ViewOf => Inputs[0];

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        int[] shape = Shapes.Ints(Inputs[0].shape), order = Order;
        return (in RunState s) => TransposeKernel.Run(s.At(x), shape, order, s.At(y));
    }
}

/// <summary>Tensors one behind the other along one dimension.</summary>
internal sealed class ConcatNode(Value[] tensors, long dim) : Node(ShapeOf(tensors, dim), tensors)
{
    public int Dimension { get; } = Shapes.Dimension(dim, tensors[0].shape.Length, "cat");

    public override unsafe Step Compile(PlanBuilder builder)
    {
        long[] shape = Output.shape;
        nint outer = (nint)Shapes.Count(shape.AsSpan(..Dimension)), inner = (nint)Shapes.Count(shape.AsSpan((Dimension + 1)..)), row = (nint)shape[Dimension] * inner;
        Slot y = builder.SlotOf(Output);
        Slot[] parts = [.. Inputs.Select(input => builder.SlotOf(input))];
        nint[] lengths = [.. Inputs.Select(input => (nint)input.shape[Dimension] * inner)];
        return (in RunState s) =>
        {
            nint offset = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                ConcatKernel.Run(s.At(parts[i]), lengths[i], s.At(y) + offset, row, lengths[i], outer);
                offset += lengths[i];
            }
        };
    }

    private static long[] ShapeOf(Value[] tensors, long dim)
    {
        if (tensors.Length == 0)
            throw new ArgumentException("cat: there is no tensor.");
        long[] shape = [.. tensors[0].shape];
        int index = Shapes.Dimension(dim, shape.Length, "cat");
        foreach (Value tensor in tensors.AsSpan(1))
        {
            long[] other = [.. tensor.shape];
            bool fits = other.Length == shape.Length;
            if (fits)
                (shape[index], other[index]) = (shape[index] + other[index], shape[index] + other[index]);
            if (!fits || !other.AsSpan().SequenceEqual(shape))
                throw new ArgumentException($"cat: {Shapes.Text(tensors[0].shape)} and {Shapes.Text(tensor.shape)} differ in more than dimension {dim}.");
        }
        return shape;
    }
}

/// <summary>A part of one dimension.</summary>
internal sealed class NarrowNode(Value x, int dimension, long start, long length)
    : Node([.. x.shape[..dimension], length, .. x.shape[(dimension + 1)..]], x)
{
    public int Dimension { get; } = dimension;

    public long Start { get; } = start;

    public override Value? ViewOf => Inputs[0];

    public override unsafe Step Compile(PlanBuilder builder)
    {
        long[] shape = Inputs[0].shape;
        nint outer = (nint)Shapes.Count(shape.AsSpan(..Dimension)), inner = (nint)Shapes.Count(shape.AsSpan((Dimension + 1)..));
        nint from = (nint)Start * inner, row = (nint)shape[Dimension] * inner, part = (nint)Output.shape[Dimension] * inner;
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) => ConcatKernel.Run(s.At(x) + from, row, s.At(y), part, part, outer);
    }
}

/// <summary>Zeros before and after one dimension.</summary>
internal sealed class PadNode(Value x, int dimension, long before, long after)
    : Node([.. x.shape[..dimension], x.shape[dimension] + before + after, .. x.shape[(dimension + 1)..]], x)
{
    public int Dimension { get; } = dimension;

    public long Before { get; } = before;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        long[] shape = Inputs[0].shape;
        nint outer = (nint)Shapes.Count(shape.AsSpan(..Dimension)), inner = (nint)Shapes.Count(shape.AsSpan((Dimension + 1)..));
        nint offset = (nint)Before * inner, part = (nint)shape[Dimension] * inner, row = (nint)Output.shape[Dimension] * inner;
        long count = Output.numel;
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) =>
        {
            new Span<float>(s.At(y), checked((int)count)).Clear();
            ConcatKernel.Run(s.At(x), part, s.At(y) + offset, row, part, outer);
        };
    }
}

/// <summary>A tensor of the model, not computed.</summary>
internal sealed class ConstantNode(Weight weight) : Node(weight.Shape)
{
    public Weight Weight { get; } = weight;

    public override Step? Compile(PlanBuilder builder) => null;
}
