using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public sealed unsafe class SoftmaxKernelTests
{
    private static double[] Softmax(ReadOnlySpan<float> x, int outer, int n, int inner, bool log)
    {
        double[] y = new double[x.Length];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                double max = double.NegativeInfinity;
                for (int j = 0; j < n; j++)
                    max = Math.Max(max, x[(((o * n) + j) * inner) + i]);
                double sum = 0;
                for (int j = 0; j < n; j++)
                    sum += Math.Exp(x[(((o * n) + j) * inner) + i] - max);
                for (int j = 0; j < n; j++)
                {
                    int at = (((o * n) + j) * inner) + i;
                    y[at] = log ? x[at] - max - Math.Log(sum) : Math.Exp(x[at] - max) / sum;
                }
            }
        }

        return y;
    }

    private static void Compare(GuardedFloats x, int outer, int n, int inner)
    {
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            foreach (bool log in (bool[])[false, true])
            {
                GuardedFloats y = new(x.Span.Length);
                KernelTesting.RunWithoutAllocating(() => SoftmaxKernel.Run(x.Pointer, outer, n, inner, log, y.Pointer, width));
                y.AssertEqual(Softmax(x.Span, outer, n, inner, log), 2e-6, $"{width}, [{outer}, {n}, {inner}], log {log}");

                GuardedFloats inPlace = new(x.Span);
                SoftmaxKernel.Run(inPlace.Pointer, outer, n, inner, log, inPlace.Pointer, width);
                Assert.True(y.Span.SequenceEqual(inPlace.Span));
            }
        }
    }

    [Fact]
    public void Softmax_along_the_last_dimension_is_its_formula_in_every_width()
    {
        foreach (int n in KernelTesting.Lengths)
            Compare(GuardedFloats.Random(3 * n, n), 3, n, 1);
    }

    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(1, 21, 49)]
    [InlineData(3, 1, 16)]
    [InlineData(2, 300, 2)]
    public void Softmax_along_another_dimension_is_its_formula_in_every_width(int outer, int n, int inner) =>
        Compare(GuardedFloats.Random(outer * n * inner, n), outer, n, inner);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Large_logits_do_not_overflow_and_masked_ones_become_0(int inner)
    {
        GuardedFloats x = new(6 * inner);
        float[] logits = [1000, 999, float.NegativeInfinity, -1000, 1000, -30];
        for (int i = 0; i < x.Span.Length; i++)
            x.Span[i] = logits[i / inner];
        Compare(x, 1, 6, inner);
    }

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Rows_of_infinities_or_NaN_become_NaN_as_in_PyTorch(float value)
    {
        GuardedFloats x = new([value, value, value, value, value]);
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            foreach (int inner in (int[])[1, 5])
            {
                GuardedFloats y = new(5);
                SoftmaxKernel.Run(x.Pointer, 1, 5 / inner, inner, false, y.Pointer, width);
                y.AssertEqual(Enumerable.Repeat(double.NaN, 5).ToArray(), 0, $"{width}, inner = {inner}");
            }
        }
    }
}
