using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public sealed unsafe class ReductionKernelTests
{
    private static double[] Sums(GuardedFloats x, int[] shape, ulong reduced)
    {
        int kept = 1;
        for (int d = 0; d < shape.Length; d++)
            kept *= ((reduced >> d) & 1) == 0 ? shape[d] : 1;
        double[] y = new double[kept];
        for (int i = 0; i < x.Span.Length; i++)
        {
            int to = 0;
            int scale = 1;
            for (int d = shape.Length - 1, rest = i; d >= 0; rest /= shape[d], d--)
            {
                if (((reduced >> d) & 1) != 0)
                    continue;
                to += rest % shape[d] * scale;
                scale *= shape[d];
            }

            y[to] += x.Span[i];
        }

        return y;
    }

    [Fact]
    public void Sum_and_mean_of_rows_are_their_formulas_in_every_width()
    {
        foreach (int n in KernelTesting.Lengths)
        {
            GuardedFloats x = GuardedFloats.Random(3 * n, n);
            double[] sums = Sums(x, [3, n], 0b10);
            foreach (SimdWidth width in KernelTesting.Widths)
            {
                GuardedFloats y = new(3);
                KernelTesting.RunWithoutAllocating(() => SumKernel.Run(x.Pointer, 3, n, 1, y.Pointer, width));
                y.AssertEqual(sums, 1e-5, $"sum {width}, n = {n}");
                KernelTesting.RunWithoutAllocating(() => MeanKernel.Run(x.Pointer, 3, n, 1, y.Pointer, width));
                y.AssertEqual([.. sums.Select(sum => sum / n)], 1e-6, $"mean {width}, n = {n}");
            }
        }
    }

    [Theory]
    [InlineData(new int[] { }, 0b0)]
    [InlineData(new int[] { 7 }, 0b0)]
    [InlineData(new int[] { 7 }, 0b1)]
    [InlineData(new int[] { 2, 3, 49 }, 0b100)]
    [InlineData(new int[] { 2, 3, 7, 7 }, 0b1100)]
    [InlineData(new int[] { 2, 300, 35 }, 0b010)]
    [InlineData(new int[] { 40, 33 }, 0b01)]
    [InlineData(new int[] { 2, 3, 5 }, 0b111)]
    [InlineData(new int[] { 2, 3, 5 }, 0b101)]
    [InlineData(new int[] { 4, 3, 5, 7 }, 0b1101)]
    [InlineData(new int[] { 2, 3, 4, 5 }, 0b0101)]
    [InlineData(new int[] { 2, 3, 4, 5 }, 0b1010)]
    [InlineData(new int[] { 2, 3, 4, 5, 6 }, 0b10101)]
    [InlineData(new int[] { 2, 1, 4, 1, 6 }, 0b01010)]
    [InlineData(new int[] { 2, 1, 4, 1, 6 }, 0b10101)]
    [InlineData(new int[] { 3, 0, 2 }, 0b010)]
    [InlineData(new int[] { 3, 2, 0, 2 }, 0b0101)]
    [InlineData(new int[] { 3, 0, 2, 2 }, 0b1010)]
    public void Sum_and_mean_over_any_dimensions_are_their_formulas(int[] shape, ulong reduced)
    {
        GuardedFloats x = GuardedFloats.Random(shape.Aggregate(1, (product, size) => product * size), 1);
        double[] sums = Sums(x, shape, reduced);
        double terms = shape.Where((_, d) => ((reduced >> d) & 1) != 0).Aggregate(1.0, (product, size) => product * size);
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            GuardedFloats y = new(sums.Length);
            KernelTesting.RunWithoutAllocating(() => SumKernel.Run(x.Pointer, shape, reduced, y.Pointer, width));
            y.AssertEqual(sums, 1e-5, $"sum {width}");
            KernelTesting.RunWithoutAllocating(() => MeanKernel.Run(x.Pointer, shape, reduced, y.Pointer, width));
            y.AssertEqual([.. sums.Select(sum => sum / terms)], 1e-6, $"mean {width}");
        }
    }

    [Theory]
    [InlineData(1 << 20, 1)]
    [InlineData(1 << 16, 3)]
    public void The_error_does_not_grow_with_the_number_of_terms(int n, int inner)
    {
        GuardedFloats x = new(n * inner);
        x.Span.Fill(0.1f);
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            GuardedFloats y = new(inner);
            MeanKernel.Run(x.Pointer, 1, n, inner, y.Pointer, width);
            // One float32 sum of 0.1 goes wrong by over 1e-2 here.
            y.AssertEqual([.. Enumerable.Repeat((double)0.1f, inner)], 2e-6, $"{width}");
        }
    }

    [Fact]
    public void Dimensions_that_the_tensor_has_not_are_refused() =>
        Assert.Throws<ArgumentException>(() => SumKernel.Run(null, [2, 3], 0b100, null, SimdWidth.Scalar));

    [Fact]
    public void An_unknown_width_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SumKernel.Run(null, 1, 1, 1, null, (SimdWidth)3));
}
