using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>PyTorch's sum over dimensions. Partial sums of bounded length keep the rounding error from growing with the number of terms.</summary>
internal static unsafe class SumKernel
{
    /// <summary>Terms that are added up in one float32 before they go to the next level.</summary>
    private const int Terms = 256;

    /// <summary>y [outer, inner] = Σ over the middle of x [outer, reduce, inner]. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, nint outer, nint reduce, nint inner, float* y, SimdWidth width) =>
        SimdDispatch.Run(new Call(x, outer, reduce, inner, y), width);

    /// <summary>Writes y, row-major, of the dimensions that stay: Σ over those whose bit is set in <paramref name="reduced"/>. Allocates nothing.</summary>
    /// <param name="x">The tensor, row-major, of <paramref name="shape"/>.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="reduced">Bit d set: dimension d is summed over.</param>
    /// <param name="y">The sums.</param>
    /// <param name="width">The width.</param>
    /// <exception cref="ArgumentException">There are more than 64 dimensions, or a bit beyond them.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public static void Run(float* x, ReadOnlySpan<int> shape, ulong reduced, float* y, SimdWidth width)
    {
        if (shape.Length > StridedLoop.MaxRank || (shape.Length < StridedLoop.MaxRank && reduced >> shape.Length != 0))
            throw new ArgumentException($"The dimensions {reduced:B} (as bits) are not of a tensor of {shape.Length} dimensions.", nameof(reduced));

        // Runs of neighbours that are summed, or stay, are one dimension: [kept, reduced, kept, ...].
        Span<nint> runs = stackalloc nint[StridedLoop.MaxRank + 1];
        runs.Fill(1);
        int run = 0;
        for (int d = 0; d < shape.Length; d++)
        {
            if (shape[d] == 1)
                continue;
            if (((reduced >> d) & 1) != (ulong)(run & 1))
                run++;
            runs[run] *= shape[d];
        }

        if (run <= 2)
            Run(x, runs[0], runs[1], runs[2], y, width);
        else
            RunGeneral(x, runs[..(run + 1)], y, width);
    }

    /// <summary>The number of terms of each of these sums.</summary>
    internal static nint Count(ReadOnlySpan<int> shape, ulong reduced)
    {
        nint count = 1;
        for (int d = 0; d < shape.Length; d++)
            count *= ((reduced >> d) & 1) != 0 ? shape[d] : 1;
        return count;
    }

    // Every sum by itself: the innermost run is summed where it is one, otherwise the terms are fetched one by one.
    private static void RunGeneral(float* x, ReadOnlySpan<nint> runs, float* y, SimdWidth width)
    {
        Span<nint> sizes = stackalloc nint[StridedLoop.MaxRank + 1];
        Span<nint> strides = stackalloc nint[StridedLoop.MaxRank + 1];
        int kept = (runs.Length + 1) / 2;
        nint stride = 1;
        nint all = 1;
        for (int run = runs.Length - 1; run >= 0; run--)
        {
            int place = (run & 1) == 0 ? run / 2 : kept + (run / 2);
            sizes[place] = runs[run];
            strides[place] = stride;
            stride *= runs[run];
            all *= runs[run];
        }

        bool contiguous = (runs.Length & 1) == 0;
        nint length = contiguous ? runs[^1] : 1;
        int summed = runs.Length - kept - (contiguous ? 1 : 0);
        nint sums = 1;
        foreach (nint size in sizes[..kept])
            sums *= size;
        if (all == 0)
        {
            new Span<float>(y, (int)sums).Clear();
            return;
        }

        Span<nint> position = stackalloc nint[StridedLoop.MaxRank + 1];
        Span<nint> positionOfTerm = stackalloc nint[StridedLoop.MaxRank + 1];
        StridedLoop outputs = new(sizes[..kept], strides, strides, position);
        do
        {
            StridedLoop terms = new(sizes.Slice(kept, summed), strides[kept..], strides[kept..], positionOfTerm);
            double sum = 0;
            do
            {
                float partial;
                Run(x + outputs.OffsetA + terms.OffsetA, 1, length, 1, &partial, width);
                sum += partial;
            }
            while (terms.MoveNext());
            *y++ = (float)sum;
        }
        while (outputs.MoveNext());
    }

    // y[0..inner) = Σ rows of x, a vector of columns at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<TSimd, V>(float* x, nint reduce, nint inner, nint columns, float* y)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        nint column = 0;
        for (; column <= columns - TSimd.Count; column += TSimd.Count)
        {
            V sum = TSimd.Zero;
            for (nint start = 0; start < reduce; start += Terms)
            {
                nint end = nint.Min(reduce, start + Terms);
                V partial = TSimd.Zero;
                for (nint row = start; row < end; row++)
                    partial = TSimd.Add(partial, TSimd.Load(x + (row * inner) + column));
                sum = TSimd.Add(sum, partial);
            }

            TSimd.Store(sum, y + column);
        }

        // Additions come out the same in a lane and alone.
        if (column < columns)
            Columns<SimdScalar, float>(x + column, reduce, inner, columns - column, y + column);
    }

    private readonly struct Call(float* x, nint outer, nint reduce, nint inner, float* y) : ISimdKernel
    {
        public void Run<TSimd, V>()
            where TSimd : ISimd<V>
            where V : unmanaged
        {
            for (nint item = 0; item < outer; item++)
            {
                if (inner == 1)
                    y[item] = (float)Reduction.Sum<TSimd, V>(x + (item * reduce), reduce);
                else
                    Columns<TSimd, V>(x + (item * reduce * inner), reduce, inner, inner, y + (item * inner));
            }
        }
    }
}
