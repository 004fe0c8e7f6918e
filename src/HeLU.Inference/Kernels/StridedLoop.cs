namespace Helu.Inference.Kernels;

/// <summary>
/// Counts through the positions of a shape, last dimension fastest, and keeps the offsets of up to two tensors with strides of their own at each.
/// </summary>
/// <example><code>do { use(a + loop.OffsetA, b + loop.OffsetB); } while (loop.MoveNext());</code></example>
internal ref struct StridedLoop
{
    /// <summary>The rank that PyTorch allows, too.</summary>
    public const int MaxRank = 64;

    private readonly ReadOnlySpan<nint> _shape;
    private readonly ReadOnlySpan<nint> _stridesA;
    private readonly ReadOnlySpan<nint> _stridesB;
    private readonly Span<nint> _position;

    /// <param name="shape">The sizes, each at least 1.</param>
    /// <param name="stridesA">The first tensor's strides.</param>
    /// <param name="stridesB">The second's.</param>
    /// <param name="position">Room for as many numbers as there are sizes.</param>
    public StridedLoop(ReadOnlySpan<nint> shape, ReadOnlySpan<nint> stridesA, ReadOnlySpan<nint> stridesB, Span<nint> position)
    {
        _shape = shape;
        _stridesA = stridesA;
        _stridesB = stridesB;
        _position = position[..shape.Length];
        _position.Clear();
    }

    public nint OffsetA { get; private set; }

    public nint OffsetB { get; private set; }

    /// <summary>Goes to the next position; false, and back at the first one, after the last.</summary>
    public bool MoveNext()
    {
        for (int d = _shape.Length - 1; d >= 0; d--)
        {
            OffsetA += _stridesA[d];
            OffsetB += _stridesB[d];
            if (++_position[d] < _shape[d])
                return true;
            OffsetA -= _stridesA[d] * _shape[d];
            OffsetB -= _stridesB[d] * _shape[d];
            _position[d] = 0;
        }

        return false;
    }

    /// <summary>
    /// Drops dimensions of size 1 and merges neighbours that both tensors walk through as if they were one, in the front of the three spans.
    /// Returns the rank that is left, at least 1.
    /// </summary>
    public static int Coalesce(int dimensions, Span<nint> shape, Span<nint> stridesA, Span<nint> stridesB)
    {
        int rank = 0;
        for (int d = 0; d < dimensions; d++)
        {
            if (shape[d] == 1)
                continue;
            bool merges = rank > 0 && stridesA[rank - 1] == stridesA[d] * shape[d] && stridesB[rank - 1] == stridesB[d] * shape[d];
            int target = merges ? rank - 1 : rank++;
            shape[target] = merges ? shape[target] * shape[d] : shape[d];
            stridesA[target] = stridesA[d];
            stridesB[target] = stridesB[d];
        }

        if (rank > 0)
            return rank;
        shape[0] = 1;
        stridesA[0] = stridesB[0] = 1;
        return 1;
    }
}
