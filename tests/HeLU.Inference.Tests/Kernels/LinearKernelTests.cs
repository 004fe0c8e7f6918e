using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public unsafe class LinearKernelTests
{
    public static TheoryData<int> Widths() => GemmTests.Widths();

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_layer_is_x_times_the_transposed_weight(int width)
    {
        Random random = new(1);
        int[] edges = [1, 3, 7, 16, 17, 33, 65, 100];
        foreach (int rows in new[] { 1, 2, 3, 5, 13, 31 })
        {
            foreach (int inFeatures in edges)
            {
                foreach (int outFeatures in edges)
                    new Layer(inFeatures, outFeatures, rows, random).Check((SimdWidth)width, sparseInput: false);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Skipping_zeros_changes_nothing(int width)
    {
        Random random = new(2);
        foreach (double zeros in new[] { 0, 0.1, 0.5, 0.9, 1 })
        {
            foreach ((int inFeatures, int outFeatures) in new[] { (600, 33), (129, 300), (1100, 65) })
            {
                Layer layer = new(inFeatures, outFeatures, 1, random);
                foreach (ref float value in layer.X.Span)
                    value = random.NextDouble() < zeros ? 0 : value;
                layer.Check((SimdWidth)width, sparseInput: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Weights_that_meet_a_zero_are_not_read(int width)
    {
        Layer layer = new(512, 64, 1, new(3));
        layer.X.Span[100..400].Clear();
        layer.Weight.AsSpan(100, 300).Fill(float.NaN);
        Assert.True(float.IsNaN(layer.Run((SimdWidth)width, sparseInput: false, null)[0]));
        Assert.False(float.IsNaN(layer.Run((SimdWidth)width, sparseInput: true, null)[0]));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_number_of_threads_gives_the_same_bits(int width)
    {
        Random random = new(4);
        foreach ((int inFeatures, int outFeatures, int rows) in new[] { (700, 450, 1), (64, 100, 50), (600, 65, 14) })
        {
            Layer layer = new(inFeatures, outFeatures, rows, random);
            layer.X.Span[..(inFeatures / 2)].Clear();
            float[] expected = layer.Run((SimdWidth)width, sparseInput: true, null);
            for (int threads = 2; threads <= 3; threads++)
            {
                using Workers workers = new(threads);
                Assert.Equal(expected, layer.Run((SimdWidth)width, sparseInput: true, workers));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Nothing_is_allocated(int rows)
    {
        LinearKernel kernel = new(new float[600 * 500], new float[500], 600, 500, SimdWidths.Best);
        GemmBuffer x = new(rows * 600);
        GemmBuffer y = new(rows * 500);
        GemmBuffer scratch = new((int)kernel.ScratchFloats(rows));
        Epilogue epilogue = new(ActivationFunction.GELU);
        using Workers workers = new(2);

        kernel.Run(x.Pointer, rows, y.Pointer, epilogue, y.Pointer, sparseInput: true, scratch.Pointer, workers);
        long before = GC.GetAllocatedBytesForCurrentThread();
        kernel.Run(x.Pointer, rows, y.Pointer, epilogue, y.Pointer, sparseInput: true, scratch.Pointer, workers);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        GC.KeepAlive((x, y, scratch));
    }

    [Fact]
    public void A_weight_or_bias_of_the_wrong_length_is_refused()
    {
        Assert.Throws<ArgumentException>("weight", () => new LinearKernel(new float[11], [], 3, 4, SimdWidth.Scalar));
        Assert.Throws<ArgumentException>("bias", () => new LinearKernel(new float[12], new float[3], 3, 4, SimdWidth.Scalar));
    }

    /// <summary>A layer with or without bias and residual, ReLU after it, and its input.</summary>
    private sealed class Layer(int inFeatures, int outFeatures, int rows, Random random)
    {
        private readonly float[] _bias = random.Next(2) == 0 ? [] : GemmBuffer.Random(outFeatures, random).Span.ToArray();
        private readonly GemmBuffer? _residual = random.Next(2) == 0 ? null : GemmBuffer.Random(rows * outFeatures, random);

        public float[] Weight { get; } = GemmBuffer.Random(inFeatures * outFeatures, random).Span.ToArray();

        public GemmBuffer X { get; } = GemmBuffer.Random(rows * inFeatures, random);

        public void Check(SimdWidth width, bool sparseInput)
        {
            float[] y = Run(width, sparseInput, null);
            for (int row = 0; row < rows; row++)
            {
                for (int output = 0; output < outFeatures; output++)
                {
                    int index = (row * outFeatures) + output;
                    double expected = (_bias.Length == 0 ? 0 : _bias[output]) + (_residual == null ? 0 : _residual.Span[index]);
                    double size = 1 + Math.Abs(expected);
                    for (int input = 0; input < inFeatures; input++)
                    {
                        double product = (double)X.Span[(row * inFeatures) + input] * Weight[(output * inFeatures) + input];
                        expected += product;
                        size += Math.Abs(product);
                    }

                    expected = Math.Max(0, expected);
                    Assert.True(Math.Abs(y[index] - expected) <= 1e-6 * size, $"{inFeatures} to {outFeatures}, {width}: {y[index]} at [{row}, {output}], not {expected}.");
                }
            }
        }

        public float[] Run(SimdWidth width, bool sparseInput, Workers? workers)
        {
            LinearKernel kernel = new(Weight, _bias, inFeatures, outFeatures, width);
            GemmBuffer y = new(rows * outFeatures);
            GemmBuffer scratch = new((int)kernel.ScratchFloats(rows));
            float* residual = _residual == null ? null : _residual.Pointer;
            kernel.Run(X.Pointer, rows, y.Pointer, new(ActivationFunction.ReLU), residual, sparseInput, scratch.Pointer, workers);
            GC.KeepAlive(this);
            y.AssertNothingWrittenBeside();
            scratch.AssertNothingWrittenBeside();
            return y.Span.ToArray();
        }
    }
}
