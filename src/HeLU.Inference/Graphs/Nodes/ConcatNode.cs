using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

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
