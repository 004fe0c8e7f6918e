using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public sealed unsafe class NormalizationKernelTests
{
    private const double Eps = 1e-5;

    // PyTorch's formula over x[start..start + n): mean and 1/√(biased variance + eps).
    private static (double Mean, double Spread) Statistics(ReadOnlySpan<float> x, double eps = Eps)
    {
        double mean = 0;
        foreach (float value in x)
            mean += value;
        mean /= x.Length;
        double variance = 0;
        foreach (float value in x)
            variance += (value - mean) * (value - mean);
        return (mean, 1 / Math.Sqrt((variance / x.Length) + eps));
    }

    private static double[] GroupNorm(GuardedFloats x, int n, int channels, int spatial, int groups, GuardedFloats? weight, GuardedFloats? bias, Epilogue epilogue)
    {
        double[] y = new double[n * channels * spatial];
        int size = channels / groups * spatial;
        double mean = 0;
        double spread = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (i % size == 0)
                (mean, spread) = Statistics(x.Span.Slice(i, size));
            int c = i / spatial % channels;
            y[i] = KernelTesting.Activate(epilogue, ((x.Span[i] - mean) * spread * (weight?.Span[c] ?? 1)) + (bias?.Span[c] ?? 0));
        }

        return y;
    }

    [Fact]
    public void LayerNorm_is_its_formula_in_every_width()
    {
        foreach (int n in KernelTesting.Lengths)
        {
            const int rows = 3;
            GuardedFloats x = GuardedFloats.Random(rows * n, n);
            GuardedFloats weight = GuardedFloats.Random(n, n + 1);
            GuardedFloats bias = GuardedFloats.Random(n, n + 2);
            foreach (SimdWidth width in KernelTesting.Widths)
            {
                foreach (Epilogue epilogue in KernelTesting.Epilogues)
                {
                    double[] expected = new double[rows * n];
                    for (int row = 0; row < rows; row++)
                    {
                        (double mean, double spread) = Statistics(x.Span.Slice(row * n, n));
                        for (int i = 0; i < n; i++)
                            expected[(row * n) + i] = KernelTesting.Activate(epilogue, ((x.Span[(row * n) + i] - mean) * spread * weight.Span[i]) + bias.Span[i]);
                    }

                    GuardedFloats y = new(rows * n);
                    KernelTesting.RunWithoutAllocating(() => LayerNormKernel.Run(x.Pointer, rows, n, weight.Pointer, bias.Pointer, Eps, y.Pointer, epilogue, width));
                    y.AssertEqual(expected, 2e-5, $"{width}, n = {n}, {epilogue}");
                }
            }
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void LayerNorm_without_weight_or_bias_takes_1_and_0(bool hasWeight, bool hasBias)
    {
        const int n = 37;
        GuardedFloats x = GuardedFloats.Random(n, 1);
        GuardedFloats weight = GuardedFloats.Random(n, 2);
        GuardedFloats bias = GuardedFloats.Random(n, 3);
        (double mean, double spread) = Statistics(x.Span);
        double[] expected = [.. Enumerable.Range(0, n).Select(i => ((x.Span[i] - mean) * spread * (hasWeight ? weight.Span[i] : 1)) + (hasBias ? bias.Span[i] : 0))];
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            GuardedFloats y = new(n);
            LayerNormKernel.Run(x.Pointer, 1, n, hasWeight ? weight.Pointer : null, hasBias ? bias.Pointer : null, Eps, y.Pointer, Epilogue.None, width);
            y.AssertEqual(expected, 1e-5, $"{width}");
        }
    }

    [Fact]
    public void A_large_mean_does_not_drown_the_variance()
    {
        const int n = 1000;
        GuardedFloats x = GuardedFloats.Random(n, 4);
        foreach (ref float value in x.Span)
            value += 1000;
        (double mean, double spread) = Statistics(x.Span);
        double[] expected = [.. x.Span.ToArray().Select(value => (value - mean) * spread)];
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            // The mean is a float32 near 1000, whose last bit is 6e-5; the variance as E[x²] - E[x]² in float32 would be off by 0.06.
            GuardedFloats y = new(n);
            LayerNormKernel.Run(x.Pointer, 1, n, null, null, Eps, y.Pointer, Epilogue.None, width);
            y.AssertEqual(expected, 1e-4, $"LayerNorm {width}");
            GroupNormKernel.Run(x.Pointer, 1, 10, 100, 1, null, null, Eps, y.Pointer, Epilogue.None, width);
            y.AssertEqual(expected, 1e-4, $"GroupNorm {width}");
        }
    }

    [Fact]
    public void A_constant_row_becomes_the_bias()
    {
        GuardedFloats x = new([5, 5, 5, 5, 5]);
        GuardedFloats bias = new([1, 2, 3, 4, 5]);
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            GuardedFloats y = new(5);
            LayerNormKernel.Run(x.Pointer, 1, 5, null, bias.Pointer, Eps, y.Pointer, Epilogue.None, width);
            y.AssertEqual([1, 2, 3, 4, 5], 0, $"{width}");
        }
    }

    [Theory]
    [InlineData(2, 6, 1, 3)]
    [InlineData(2, 6, 5, 2)]
    [InlineData(3, 4, 49, 4)]
    [InlineData(1, 4, 49, 1)]
    [InlineData(1, 2, 4099, 2)]
    [InlineData(1, 40, 1, 2)]
    public void GroupNorm_is_its_formula_in_every_width(int n, int channels, int spatial, int groups)
    {
        GuardedFloats x = GuardedFloats.Random(n * channels * spatial, spatial);
        GuardedFloats weight = GuardedFloats.Random(channels, 1);
        GuardedFloats bias = GuardedFloats.Random(channels, 2);
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            foreach (Epilogue epilogue in KernelTesting.Epilogues)
            {
                GuardedFloats y = new(x.Span.Length);
                KernelTesting.RunWithoutAllocating(() =>
                    GroupNormKernel.Run(x.Pointer, n, channels, spatial, groups, weight.Pointer, bias.Pointer, Eps, y.Pointer, epilogue, width));
                y.AssertEqual(GroupNorm(x, n, channels, spatial, groups, weight, bias, epilogue), 2e-5, $"{width}, {epilogue}");
                GroupNormKernel.Run(x.Pointer, n, channels, spatial, groups, null, null, Eps, y.Pointer, epilogue, width);
                y.AssertEqual(GroupNorm(x, n, channels, spatial, groups, null, null, epilogue), 2e-5, $"{width}, {epilogue}, no weight");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Groups_that_do_not_divide_the_channels_are_refused(int groups) =>
        Assert.Throws<ArgumentException>(() => GroupNormKernel.Run(null, 1, 6, 1, groups, null, null, Eps, null, Epilogue.None, SimdWidth.Scalar));

    [Fact]
    public void ChannelAffine_is_its_formula_in_every_width_also_in_place()
    {
        foreach (int spatial in KernelTesting.Lengths)
        {
            const int n = 2;
            const int channels = 3;
            GuardedFloats x = GuardedFloats.Random(n * channels * spatial, spatial);
            GuardedFloats scale = GuardedFloats.Random(channels, 1);
            GuardedFloats shift = GuardedFloats.Random(channels, 2);
            foreach (SimdWidth width in KernelTesting.Widths)
            {
                foreach (Epilogue epilogue in KernelTesting.Epilogues)
                {
                    double[] expected = [.. Enumerable.Range(0, x.Span.Length).Select(i =>
                        KernelTesting.Activate(epilogue, ((double)x.Span[i] * scale.Span[i / spatial % channels]) + shift.Span[i / spatial % channels]))];
                    GuardedFloats y = new(x.Span.Length);
                    KernelTesting.RunWithoutAllocating(() =>
                        ChannelAffineKernel.Run(x.Pointer, n, channels, spatial, scale.Pointer, shift.Pointer, y.Pointer, epilogue, width));
                    y.AssertEqual(expected, 1e-6, $"{width}, spatial = {spatial}, {epilogue}");

                    GuardedFloats inPlace = new(x.Span);
                    ChannelAffineKernel.Run(inPlace.Pointer, n, channels, spatial, scale.Pointer, shift.Pointer, inPlace.Pointer, epilogue, width);
                    Assert.True(y.Span.SequenceEqual(inPlace.Span));
                    inPlace.AssertGuards($"{width} in place");
                }
            }
        }
    }

    [Fact]
    public void ChannelAffine_of_many_channels_without_positions_is_its_formula()
    {
        const int channels = 53;
        GuardedFloats x = GuardedFloats.Random(2 * channels, 1);
        GuardedFloats scale = GuardedFloats.Random(channels, 2);
        GuardedFloats shift = GuardedFloats.Random(channels, 3);
        double[] expected = [.. Enumerable.Range(0, 2 * channels).Select(i => ((double)x.Span[i] * scale.Span[i % channels]) + shift.Span[i % channels])];
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            GuardedFloats y = new(2 * channels);
            ChannelAffineKernel.Run(x.Pointer, 2, channels, 1, scale.Pointer, shift.Pointer, y.Pointer, Epilogue.None, width);
            y.AssertEqual(expected, 1e-6, $"{width}");
        }
    }

    [Fact]
    public void NaN_stays_NaN()
    {
        GuardedFloats x = new([float.NaN, 1, 2, float.NaN, 3]);
        GuardedFloats one = new([1]);
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            GuardedFloats y = new(5);
            ChannelAffineKernel.Run(x.Pointer, 1, 1, 5, one.Pointer, one.Pointer, y.Pointer, new(ActivationFunction.ReLU), width);
            y.AssertEqual([double.NaN, 2, 3, double.NaN, 4], 0, $"{width}");
        }
    }
}
