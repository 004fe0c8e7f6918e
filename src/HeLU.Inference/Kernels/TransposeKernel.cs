namespace Helu.Inference.Kernels;

/// <summary>PyTorch's permute, written out: dimension d of y is dimension permutation[d] of x. Moves floats only, so it has no vector widths.</summary>
internal static unsafe class TransposeKernel
{
    /// <summary>Side of the square that a transposition of two dimensions works in: 16 floats are a cache line, so lines are read and written whole.</summary>
    private const int Tile = 16;

    /// <summary>Writes y, row-major, of shape [shape[permutation[0]], shape[permutation[1]], ...] from x, row-major, of <paramref name="shape"/>. Allocates nothing.</summary>
    /// <exception cref="ArgumentException"><paramref name="permutation"/> is not one of the shape's dimensions, or there are more than 64.</exception>
    public static void Run(float* x, ReadOnlySpan<int> shape, ReadOnlySpan<int> permutation, float* y)
    {
        CheckPermutation(shape, permutation);
        Span<nint> stridesX = stackalloc nint[StridedLoop.MaxRank];
        nint stride = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            stridesX[d] = stride;
            stride *= shape[d];
        }

        if (stride == 0)
            return;

        Span<nint> sizes = stackalloc nint[StridedLoop.MaxRank];
        Span<nint> from = stackalloc nint[StridedLoop.MaxRank];
        Span<nint> to = stackalloc nint[StridedLoop.MaxRank];
        stride = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            sizes[d] = shape[permutation[d]];
            from[d] = stridesX[permutation[d]];
            to[d] = stride;
            stride *= sizes[d];
        }

        int rank = StridedLoop.Coalesce(shape.Length, sizes, from, to);
        Run(x, y, sizes[..rank], from[..rank], to[..rank]);
    }

    private static void CheckPermutation(ReadOnlySpan<int> shape, ReadOnlySpan<int> permutation)
    {
        ulong seen = 0;
        if (shape.Length == permutation.Length && shape.Length <= StridedLoop.MaxRank)
        {
            foreach (int d in permutation)
                seen |= (uint)d < (uint)shape.Length ? 1UL << d : 0;
        }

        if (shape.Length != permutation.Length || ulong.PopCount(seen) != (ulong)shape.Length)
        {
            throw new ArgumentException(
                $"[{string.Join(", ", permutation.ToArray())}] is not a permutation of the {shape.Length} dimensions of [{string.Join(", ", shape.ToArray())}].", nameof(permutation));
        }
    }

    private static void Run(float* x, float* y, Span<nint> sizes, Span<nint> from, Span<nint> to)
    {
        int last = sizes.Length - 1;
        nint columns = sizes[last];
        if (from[last] == 1)
        {
            StridedLoop rows = new(sizes[..last], from, to, stackalloc nint[StridedLoop.MaxRank]);
            do
                Buffer.MemoryCopy(x + rows.OffsetA, y + rows.OffsetB, columns * sizeof(float), columns * sizeof(float));
            while (rows.MoveNext());
            return;
        }

        // x runs along another dimension of y: planes of these two are transposed, whatever the others.
        int along = from.IndexOf(1);
        nint rowsOfPlane = sizes[along];
        nint strideOfY = to[along];
        sizes[along] = 1;
        StridedLoop planes = new(sizes[..last], from, to, stackalloc nint[StridedLoop.MaxRank]);
        do
            Plane(x + planes.OffsetA, from[last], y + planes.OffsetB, strideOfY, rowsOfPlane, columns);
        while (planes.MoveNext());
    }

    // y[r·strideY + c] = x[c·strideX + r].
    private static void Plane(float* x, nint strideX, float* y, nint strideY, nint rows, nint columns)
    {
        for (nint top = 0; top < rows; top += Tile)
        {
            nint bottom = nint.Min(rows, top + Tile);
            for (nint left = 0; left < columns; left += Tile)
            {
                nint right = nint.Min(columns, left + Tile);
                for (nint row = top; row < bottom; row++)
                {
                    float* from = x + row;
                    float* to = y + (row * strideY);
                    for (nint column = left; column < right; column++)
                        to[column] = from[column * strideX];
                }
            }
        }
    }
}
