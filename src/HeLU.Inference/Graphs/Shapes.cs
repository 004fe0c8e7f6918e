namespace Helu.Inference.Graphs;

/// <summary>Shape arithmetic by PyTorch's rules.</summary>
internal static class Shapes
{
    public static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
            count = checked(count * size);
        return count;
    }

    public static int[] Ints(long[] shape) => Array.ConvertAll(shape, size => checked((int)size));

    public static string Text<T>(IEnumerable<T> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>A dimension as an index from 0.</summary>
    public static int Dimension(long dim, int rank, string operation)
    {
        if (dim >= -rank && dim < rank)
            return (int)(dim < 0 ? dim + rank : dim);
        throw new ArgumentException($"{operation}: dimension {dim} does not exist in a tensor of {rank} dimensions.");
    }

    /// <summary>The shape with -1 worked out.</summary>
    public static long[] Reshaped(long[] from, long[] to)
    {
        long[] shape = [.. to];
        int unknown = Array.IndexOf(shape, -1);
        long known = Count(shape.Where(size => size != -1).ToArray());
        long count = Count(from);
        if (unknown >= 0 && known > 0 && count % known == 0)
            shape[unknown] = count / known;
        if (shape.Any(size => size < 0) || Count(shape) != count)
            throw new ArgumentException($"reshape: {Text(from)} does not fit into {Text(to)}.");
        return shape;
    }

    public static long[] Flattened(long[] shape, long startDim, long endDim)
    {
        if (shape.Length == 0)
            return [1];
        int start = Dimension(startDim, shape.Length, "flatten"), end = Dimension(endDim, shape.Length, "flatten");
        if (start > end)
            throw new ArgumentException($"flatten: start_dim {startDim} is behind end_dim {endDim}.");
        return [.. shape[..start], Count(shape.AsSpan(start..(end + 1))), .. shape[(end + 1)..]];
    }

    /// <summary>The shape that two tensors are broadcast to.</summary>
    public static long[] Broadcast(long[] a, long[] b, string operation)
    {
        int rank = Math.Max(a.Length, b.Length);
        var shape = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            long left = Size(a, i), right = Size(b, i);
            if (left != right && left != 1 && right != 1)
                throw new ArgumentException($"{operation}: {Text(a)} and {Text(b)} can't be broadcast together.");
            shape[i] = left == 1 ? right : left;
        }
        return shape;

        long Size(long[] of, int i) => i < rank - of.Length ? 1 : of[i - (rank - of.Length)];
    }

    /// <summary>The dimensions to reduce as a mask; all where none is named.</summary>
    public static bool[] Mask(long[] dims, int rank, string operation)
    {
        var mask = new bool[rank];
        foreach (long dim in dims)
            mask[Dimension(dim, rank, operation)] = true;
        if (dims.Length == 0)
            Array.Fill(mask, true);
        return mask;
    }

    /// <summary>Windows along one dimension: floor((size + 2·padding - dilation·(kernel - 1) - 1) / stride) + 1, and whether pixels are left over.</summary>
    public static (long Count, bool Drops) Windows(long size, long kernel, long stride, long padding, long dilation, string operation)
    {
        long room = size + (2 * padding) - (dilation * (kernel - 1)) - 1;
        if (kernel < 1 || stride < 1 || dilation < 1 || padding < 0)
            throw new ArgumentException($"{operation}: kernel {kernel}, stride {stride}, dilation {dilation} must be 1 or more and padding {padding} 0 or more.");
        if (room < 0)
            throw new ArgumentException($"{operation}: a kernel of {kernel} (dilation {dilation}) does not fit into {size} elements with padding {padding}.");
        return ((room / stride) + 1, room % stride > padding);
    }
}
