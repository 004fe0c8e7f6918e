using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public unsafe class PReluKernelTests
{
    public static TheoryData<int> Widths() => GemmTests.Widths();

    /// <summary>n, channels, spatial: vectors along the channels, along the positions, and rests of both.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Each_channel_has_its_slope(int width)
    {
        foreach ((int n, int channels, int spatial) in new[] { (3, 5, 1), (2, 37, 1), (2, 3, 4), (1, 2, 41) })
        {
            var random = new Random(1);
            float[] x = [.. Enumerable.Range(0, n * channels * spatial).Select(_ => (random.NextSingle() * 2) - 1)];
            float[] slopes = [.. Enumerable.Range(0, channels).Select(c => 0.1f * (c - 1))];
            float[] expected = [.. x.Select((value, i) => value > 0 ? value : slopes[i / spatial % channels] * value)];
            GemmBuffer y = new(x.Length);
            fixed (float* source = x, slope = slopes)
                PReluKernel.Run(source, n, channels, spatial, slope, y.Pointer, (SimdWidth)width);
            y.AssertNothingWrittenBeside();
            Assert.Equal(expected, y.Span.ToArray());

            x.CopyTo(y.Span);
            fixed (float* slope = slopes)
                PReluKernel.Run(y.Pointer, n, channels, spatial, slope, y.Pointer, (SimdWidth)width);
            Assert.Equal(expected, y.Span.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_NaN_stays_NaN_and_infinities_come_out_as_the_formula_has_them(int width)
    {
        float[] x = [float.NaN, float.NegativeInfinity, float.PositiveInfinity], slopes = [0.5f, 0.5f, 0.5f];
        GemmBuffer y = new(3);
        fixed (float* source = x, slope = slopes)
            PReluKernel.Run(source, 1, 3, 1, slope, y.Pointer, (SimdWidth)width);
        Assert.Equal(x, y.Span.ToArray());
    }
}
