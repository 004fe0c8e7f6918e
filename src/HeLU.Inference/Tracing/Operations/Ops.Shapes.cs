using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;

namespace Helu.Inference.Tracing;

public static partial class Ops
{
    /// <summary>The tensors one behind the other along <paramref name="dim"/>.</summary>
    public static Value cat(IReadOnlyList<Value> tensors, long dim) => Graph.Recording.Add(new ConcatNode([.. tensors], dim));

    /// <summary>The same elements in another shape; one size may be -1.</summary>
    public static Value reshape(Value x, params long[] shape) => Reshape(x, Graphs.Shapes.Reshaped(x.shape, shape));

    /// <summary>One dimension in the place of those from start_dim to end_dim.</summary>
    public static Value flatten(Value x, long start_dim, long end_dim) => Reshape(x, Graphs.Shapes.Flattened(x.shape, start_dim, end_dim));

    /// <summary>Two dimensions exchanged.</summary>
    public static Value transpose(Value x, long dim0, long dim1)
    {
        long[] dims = [.. Enumerable.Range(0, x.shape.Length).Select(i => (long)i)];
        int a = Graphs.Shapes.Dimension(dim0, dims.Length, "transpose"), b = Graphs.Shapes.Dimension(dim1, dims.Length, "transpose");
        (dims[a], dims[b]) = (dims[b], dims[a]);
        return permute(x, dims);
    }

    /// <summary>The dimensions in another order.</summary>
    public static Value permute(Value x, params long[] dims)
    {
        int[] order = [.. dims.Select(dim => Graphs.Shapes.Dimension(dim, x.shape.Length, "permute"))];
        if (order.Length != x.shape.Length || order.Distinct().Count() != order.Length)
            throw new ArgumentException($"permute: {Graphs.Shapes.Text(dims)} does not name each of {x.shape.Length} dimensions once.");
        return Graph.Recording.Add(new PermuteNode(x, order));
    }

    /// <summary>Without the dimensions of size 1.</summary>
    public static Value squeeze(Value x) => Reshape(x, [.. x.shape.Where(size => size != 1)]);

    /// <summary>Without dimension <paramref name="dim"/>, where its size is 1.</summary>
    public static Value squeeze(Value x, long dim)
    {
        int index = Graphs.Shapes.Dimension(dim, x.shape.Length, "squeeze");
        return x.shape[index] == 1 ? Reshape(x, [.. x.shape[..index], .. x.shape[(index + 1)..]]) : x;
    }

    /// <summary>With a dimension of size 1 more.</summary>
    public static Value unsqueeze(Value x, long dim)
    {
        int index = Graphs.Shapes.Dimension(dim, x.shape.Length + 1, "unsqueeze");
        return Reshape(x, [.. x.shape[..index], 1, .. x.shape[index..]]);
    }

    /// <summary>The mean of all elements, a scalar.</summary>
    public static Value mean(Value x) => Reduce(x, [], keepdim: false, isMean: true);

    /// <summary>The mean over some dimensions.</summary>
    public static Value mean(Value x, long[] dims, bool keepdim) => Reduce(x, dims, keepdim, isMean: true);

    /// <summary>The sum of all elements, a scalar.</summary>
    public static Value sum(Value x) => Reduce(x, [], keepdim: false, isMean: false);

    /// <summary>The sum over some dimensions.</summary>
    public static Value sum(Value x, long[] dims, bool keepdim) => Reduce(x, dims, keepdim, isMean: false);

    /// <summary>Parts of equal size along <paramref name="dim"/>; the last may be smaller.</summary>
    public static Value[] chunk(Value x, long chunks, long dim)
    {
        if (chunks < 1)
            throw new ArgumentException($"chunk: the number of chunks must be 1 or more; found {chunks}.");
        long size = x.size(dim), part = (size + chunks - 1) / chunks;
        return [.. Enumerable.Range(0, (int)((size + part - 1) / part)).Select(i => narrow(x, dim, i * part, Math.Min(part, size - (i * part))))];
    }

    /// <summary>length elements from start on along <paramref name="dim"/>.</summary>
    public static Value narrow(Value x, long dim, long start, long length)
    {
        int index = Graphs.Shapes.Dimension(dim, x.shape.Length, "narrow");
        long from = start < 0 ? start + x.shape[index] : start;
        if (from < 0 || length < 0 || from + length > x.shape[index])
            throw new ArgumentException($"narrow: {length} elements from {start} on do not exist in dimension {dim} of {Graphs.Shapes.Text(x.shape)}.");
        return Graph.Recording.Add(new NarrowNode(x, index, from, length));
    }

    /// <summary>The elements from start to before finish along <paramref name="dim"/>; negative ones counted from the end, those beyond it cut off.</summary>
    public static Value slice(Value x, long dim, long start, long finish)
    {
        long size = x.size(dim);
        long from = Math.Clamp(start < 0 ? start + size : start, 0, size), to = Math.Clamp(finish < 0 ? finish + size : finish, 0, size);
        return narrow(x, dim, from, Math.Max(0, to - from));
    }

    /// <summary>Zeros around the last dimensions: (before, after) pairs, the last dimension's first; negative numbers cut off.</summary>
    public static Value pad(Value x, long[] padding)
    {
        if (padding.Length % 2 != 0 || padding.Length / 2 > x.shape.Length)
            throw new ArgumentException($"pad: {padding.Length} numbers are no pairs for the dimensions of {Graphs.Shapes.Text(x.shape)}.");
        for (int i = 0; i < padding.Length / 2; i++)
        {
            int dim = x.shape.Length - 1 - i;
            long before = padding[2 * i], after = padding[(2 * i) + 1];
            if (before < 0 || after < 0)
                x = narrow(x, dim, Math.Max(0, -before), x.shape[dim] + Math.Min(0, before) + Math.Min(0, after));
            if (before > 0 || after > 0)
                x = Graph.Recording.Add(new PadNode(x, dim, Math.Max(0, before), Math.Max(0, after)));
        }
        return x;
    }

    private static Value Reshape(Value x, long[] shape) =>
        shape.AsSpan().SequenceEqual(x.shape) ? x : Graph.Recording.Add(new ReshapeNode(x, shape));

    private static Value Reduce(Value x, long[] dims, bool keepdim, bool isMean) =>
        Graph.Recording.Add(new ReduceNode(x, Graphs.Shapes.Mask(dims, x.shape.Length, isMean ? "mean" : "sum"), keepdim, isMean));
}
