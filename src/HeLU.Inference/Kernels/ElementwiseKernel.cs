using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// y = act(a ∘ b) for two tensors with PyTorch's broadcasting: shapes are aligned at their ends, and a size of 1 (or none) stretches to the other's.
/// Neighbouring dimensions that neither tensor stretches, or that one stretches alone, are walked as one: equal shapes and a scalar are then a single
/// loop, a per-channel operand one loop a channel, a trailing one (a bias) one loop a row.
/// </summary>
internal static unsafe class ElementwiseKernel
{
    /// <summary>The largest rank.</summary>
    public const int MaxRank = 8;

    /// <summary>Writes the shape of a ∘ b and returns its rank.</summary>
    /// <param name="a">The first shape, of rank 0 to 8.</param>
    /// <param name="b">The second.</param>
    /// <param name="shape">Room for the larger rank.</param>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or have more than 8 dimensions.</exception>
    public static int BroadcastShape(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> shape)
    {
        int rank = int.Max(a.Length, b.Length);
        if (rank > MaxRank)
            throw new ArgumentException($"A tensor has {rank} dimensions; broadcasting takes at most {MaxRank}.");
        for (int d = 1; d <= rank; d++)
        {
            int sizeA = d > a.Length ? 1 : a[^d];
            int sizeB = d > b.Length ? 1 : b[^d];
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
            {
                throw new ArgumentException(
                    $"Shapes [{string.Join(", ", a.ToArray())}] and [{string.Join(", ", b.ToArray())}] do not broadcast: dimension {rank - d} is {sizeA} in one and {sizeB} in the other.");
            }

            shape[rank - d] = sizeA == 1 ? sizeB : sizeA;
        }

        return rank;
    }

    /// <summary>Computes y, row-major, of the broadcast shape; y may be an operand that has this shape. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or have more than 8 dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="operation"/> is not one.</exception>
    public static void Run(
        ElementwiseOperation operation, float* a, ReadOnlySpan<int> shapeA, float* b, ReadOnlySpan<int> shapeB, float* y, in Epilogue epilogue, SimdWidth width)
    {
        Span<int> sizes = stackalloc int[MaxRank];
        sizes = sizes[..BroadcastShape(shapeA, shapeB, sizes)];
        Span<nint> shape = stackalloc nint[MaxRank];
        Span<nint> stridesA = stackalloc nint[MaxRank];
        Span<nint> stridesB = stackalloc nint[MaxRank];
        nint strideA = 1;
        nint strideB = 1;
        nint count = 1;
        for (int d = sizes.Length - 1; d >= 0; d--)
        {
            shape[d] = sizes[d];
            count *= sizes[d];
            stridesA[d] = Stride(shapeA, sizes.Length - d, ref strideA);
            stridesB[d] = Stride(shapeB, sizes.Length - d, ref strideB);
        }

        if (count == 0)
            return;
        int rank = StridedLoop.Coalesce(sizes.Length, shape, stridesA, stridesB);
        fixed (nint* s = shape, sa = stridesA, sb = stridesB)
            Run(operation, new Operands(a, b, y, s, sa, sb, rank), epilogue, width);
    }

    /// <summary>y[i] = act(x[i] ∘ scalar), i &lt; length; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="operation"/> is not one.</exception>
    public static void Run(ElementwiseOperation operation, float* x, float scalar, nint length, float* y, in Epilogue epilogue, SimdWidth width)
    {
        nint one = 1;
        nint zero = 0;
        Run(operation, new Operands(x, &scalar, y, &length, &one, &zero, 1), epilogue, width);
    }

    /// <summary>y[i] = act(scalar ∘ x[i]), i &lt; length; y may be x. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="operation"/> is not one.</exception>
    public static void Run(ElementwiseOperation operation, float scalar, float* x, nint length, float* y, in Epilogue epilogue, SimdWidth width)
    {
        nint one = 1;
        nint zero = 0;
        Run(operation, new Operands(&scalar, x, y, &length, &zero, &one, 1), epilogue, width);
    }

    // The stride of a dimension counted from the end; 0 where the tensor stretches.
    private static nint Stride(ReadOnlySpan<int> shape, int fromEnd, ref nint running)
    {
        if (fromEnd > shape.Length || shape[^fromEnd] == 1)
            return 0;
        nint stride = running;
        running *= shape[^fromEnd];
        return stride;
    }

    private static void Run(ElementwiseOperation operation, Operands operands, in Epilogue epilogue, SimdWidth width)
    {
        EpilogueStep step = new(epilogue);
        switch (operation)
        {
            case ElementwiseOperation.Add:
                SimdDispatch.Run(new Call<BinaryOperator.Add>(operands, step), width);
                break;
            case ElementwiseOperation.Sub:
                SimdDispatch.Run(new Call<BinaryOperator.Sub>(operands, step), width);
                break;
            case ElementwiseOperation.Mul:
                SimdDispatch.Run(new Call<BinaryOperator.Mul>(operands, step), width);
                break;
            case ElementwiseOperation.Div:
                SimdDispatch.Run(new Call<BinaryOperator.Div>(operands, step), width);
                break;
            case ElementwiseOperation.Maximum:
                SimdDispatch.Run(new Call<BinaryOperator.Maximum>(operands, step), width);
                break;
            case ElementwiseOperation.Minimum:
                SimdDispatch.Run(new Call<BinaryOperator.Minimum>(operands, step), width);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation.");
        }
    }

    // One operand or both advance by a vector each step; the other one is a single float.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TOperator, TSimd, V>(float* a, nint strideA, float* b, nint strideB, float* y, nint length, float low, float high)
        where TOperator : BinaryOperator.IOperator
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V lows = TSimd.Broadcast(low);
        V highs = TSimd.Broadcast(high);
        V first = TSimd.Broadcast(*a);
        V second = TSimd.Broadcast(*b);
        nint i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            if (strideA != 0)
                first = TSimd.Load(a + i);
            if (strideB != 0)
                second = TSimd.Load(b + i);
            V value = TOperator.Apply<TSimd, V>(first, second);
            TSimd.Store(TSimd.AtMost(TSimd.AtLeast(value, lows), highs), y + i);
        }

        if (i < length)
        {
            if (strideA != 0)
                first = TSimd.LoadPartial(a + i, (int)(length - i));
            if (strideB != 0)
                second = TSimd.LoadPartial(b + i, (int)(length - i));
            V value = TOperator.Apply<TSimd, V>(first, second);
            TSimd.StorePartial(TSimd.AtMost(TSimd.AtLeast(value, lows), highs), y + i, (int)(length - i));
        }
    }

    /// <summary>The operands, with coalesced shape and strides: along the last dimension a stride is 0 or 1.</summary>
    private readonly struct Operands(float* a, float* b, float* y, nint* shape, nint* stridesA, nint* stridesB, int rank)
    {
        public readonly float* A = a;
        public readonly float* B = b;
        public readonly float* Y = y;
        public readonly nint Length = shape[rank - 1];
        public readonly nint StrideA = stridesA[rank - 1];
        public readonly nint StrideB = stridesB[rank - 1];

        /// <summary>Counts through the rows.</summary>
        public StridedLoop Rows(Span<nint> position) => new(new(shape, rank - 1), new(stridesA, rank - 1), new(stridesB, rank - 1), position);
    }

    private readonly struct Call<TOperator>(Operands operands, EpilogueStep step) : ISimdKernel
        where TOperator : BinaryOperator.IOperator
    {
        public void Run<TSimd, V>()
            where TSimd : ISimd<V>
            where V : unmanaged
        {
            StridedLoop rows = operands.Rows(stackalloc nint[MaxRank]);
            float* y = operands.Y;
            do
            {
                float* a = operands.A + rows.OffsetA;
                float* b = operands.B + rows.OffsetB;
                for (nint start = 0; start < operands.Length; start += EpilogueStep.Block)
                {
                    nint count = nint.Min(EpilogueStep.Block, operands.Length - start);
                    Block<TOperator, TSimd, V>(
                        a + (start * operands.StrideA), operands.StrideA, b + (start * operands.StrideB), operands.StrideB, y + start, count, step.Low, step.High);
                    step.Finish<TSimd, V>(y + start, count);
                }

                y += operands.Length;
            }
            while (rows.MoveNext());
        }
    }
}
