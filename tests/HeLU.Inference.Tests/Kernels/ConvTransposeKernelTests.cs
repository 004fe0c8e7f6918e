using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public sealed unsafe class ConvTransposeKernelTests
{
    /// <summary>Lanes: the values of <see cref="SimdWidth"/>.</summary>
    public static TheoryData<int> Widths => [1, 4, 8, 16];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_stride_padding_dilation_and_grouping_scatters_each_input_times_the_kernel(int lanes)
    {
        Random random = new(11);
        for (int trial = 0; trial < 120; trial++)
            AssertScatters(RandomShape(random), 1 + (trial % 3 * 2), lanes, default, x => x, residual: trial % 2 > 0);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Layers_of_known_networks_come_out_right(int lanes)
    {
        ConvTransposeShape unet = new(24, 12, 1, new(14, 18), Size2d.Square(2), Size2d.Square(2), default, default, Size2d.Square(1));
        ConvTransposeShape dcgan = new(20, 9, 1, Size2d.Square(8), Size2d.Square(4), Size2d.Square(2), Size2d.Square(1), default, Size2d.Square(1));
        ConvTransposeShape upsampling = new(2, 2, 2, new(5, 3), Size2d.Square(64), Size2d.Square(32), Size2d.Square(16), default, Size2d.Square(1));
        ConvTransposeShape audio = new(5, 3, 1, new(1, 300), new(1, 16), new(1, 8), new(0, 4), new(0, 1), Size2d.Square(1));
        ConvTransposeShape large = new(9, 2, 1, new(100, 80), Size2d.Square(3), Size2d.Square(2), Size2d.Square(1), Size2d.Square(1), Size2d.Square(1));
        foreach (ConvTransposeShape shape in new[] { unet, dcgan, upsampling, audio, large })
            AssertScatters(shape, 2, lanes, default, x => x, residual: false);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_activation_follows_the_residual(int lanes)
    {
        ConvTransposeShape shape = new(3, 11, 1, new(5, 6), Size2d.Square(3), Size2d.Square(2), Size2d.Square(1), Size2d.Square(1), Size2d.Square(1));
        foreach (ConvTransposeShape strided in new[] { shape, shape with { Stride = Size2d.Square(1), OutputPadding = default }, shape with { Stride = new(1, 3) } })
        {
            AssertScatters(strided with { OutputPadding = default }, 3, lanes, new(ActivationFunction.ReLU), x => Math.Max(x, 0), residual: true);
            AssertScatters(strided with { OutputPadding = default }, 1, lanes, new(ActivationFunction.SiLU, 1), x => x / (1 + Math.Exp(-x)), residual: true);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Threads_change_no_bit(int lanes)
    {
        using Workers workers = new(2);
        ConvTransposeShape shape = new(6, 40, 2, Size2d.Square(7), Size2d.Square(4), Size2d.Square(2), Size2d.Square(1), default, Size2d.Square(1));
        (ConvTransposeKernel kernel, GuardedFloats x, _) = Layer(shape, 3, lanes, residual: null);
        Assert.Equal(Run(kernel, x, 3, default, null, null), Run(kernel, x, 3, default, null, workers));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Nothing_outside_the_operands_is_read_or_written(int lanes)
    {
        Random random = new(17);
        for (int trial = 0; trial < 60; trial++)
        {
            ConvTransposeShape shape = RandomShape(random);
            ConvTransposeKernel kernel = new(new float[shape.InChannels * shape.OutChannelsPerGroup * shape.Kernel.Area], [], shape, (SimdWidth)lanes);
            foreach (bool guardBehind in new[] { false, true })
            {
                using GuardPages x = new(shape.InputFloats(1), guardBehind);
                using GuardPages y = new(shape.OutputFloats(1), guardBehind);
                using GuardPages scratch = new(kernel.ScratchFloats(1), guardBehind);
                kernel.Run(x.Pointer, 1, y.Pointer, null, default, scratch.Pointer, null);
            }
        }
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        ConvTransposeShape shape = new(6, 8, 1, Size2d.Square(7), Size2d.Square(2), Size2d.Square(2), default, default, Size2d.Square(1));
        (ConvTransposeKernel kernel, GuardedFloats x, _) = Layer(shape, 1, (int)SimdWidths.Best, residual: null);
        AlignedBuffer y = new(shape.OutputFloats(1));
        AlignedBuffer scratch = new(kernel.ScratchFloats(1));
        kernel.Run(x.Pointer, 1, y.Pointer, null, default, scratch.Pointer, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        kernel.Run(x.Pointer, 1, y.Pointer, null, default, scratch.Pointer, null);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        GC.KeepAlive((x, y, scratch));
    }

    [Fact]
    public void Output_padding_as_large_as_the_stride_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ConvTransposeKernel(
            new float[4], [], new(1, 1, 1, Size2d.Square(3), Size2d.Square(2), Size2d.Square(2), default, Size2d.Square(2), Size2d.Square(1)), SimdWidth.Scalar));

    private static void AssertScatters(ConvTransposeShape shape, int batch, int lanes, Epilogue epilogue, Func<double, double> activation, bool residual)
    {
        GuardedFloats? added = residual ? GuardedFloats.Random(shape.OutputFloats(batch), new Random(2)) : null;
        (ConvTransposeKernel kernel, GuardedFloats x, double[] expected) = Layer(shape, batch, lanes, added);
        float[] actual = Run(kernel, x, batch, epilogue, added, null);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < actual.Length; i++)
        {
            if (!(Math.Abs(actual[i] - activation(expected[i])) <= 1e-5 * scale))
                Assert.Fail($"{shape}, batch {batch}: output {i} is {actual[i]}, not {activation(expected[i])}.");
        }
    }

    private static float[] Run(ConvTransposeKernel kernel, GuardedFloats x, int batch, Epilogue epilogue, GuardedFloats? residual, Workers? workers)
    {
        GuardedFloats y = new(kernel.Shape.OutputFloats(batch));
        GuardedFloats scratch = new(kernel.ScratchFloats(batch));
        kernel.Run(x.Pointer, batch, y.Pointer, residual == null ? null : residual.Pointer, epilogue, scratch.Pointer, workers);
        y.AssertGuards();
        scratch.AssertGuards();
        return y.Span.ToArray();
    }

    /// <summary>A layer with random weights, its random input, and its result by the formula, summed up where each input goes.</summary>
    private static (ConvTransposeKernel Kernel, GuardedFloats Input, double[] Expected) Layer(ConvTransposeShape s, int batch, int lanes, GuardedFloats? residual)
    {
        Random random = new(4);
        Span<float> weight = GuardedFloats.Random(s.InChannels * s.OutChannelsPerGroup * s.Kernel.Area, random).Span;
        Span<float> bias = GuardedFloats.Random(s.OutChannels, random).Span;
        GuardedFloats input = GuardedFloats.Random(s.InputFloats(batch), random);
        Span<float> x = input.Span;
        double[] y = new double[s.OutputFloats(batch)];
        for (int i = 0; i < y.Length; i++)
            y[i] = bias[i / (s.OutH * s.OutW) % s.OutChannels] + (residual is null ? 0 : residual.Span[i]);
        for (int i = 0; i < x.Length; i++)
        {
            int column = i % s.Input.W;
            int row = i / s.Input.W % s.Input.H;
            int source = i / (int)s.Input.Area % s.InChannels;
            int image = i / (int)s.Input.Area / s.InChannels;
            for (int m = 0; m < s.OutChannelsPerGroup; m++)
            {
                int target = (image * s.OutChannels) + (source / s.InChannelsPerGroup * s.OutChannelsPerGroup) + m;
                for (int tap = 0; tap < s.Kernel.Area; tap++)
                {
                    int h = (row * s.Stride.H) - s.Padding.H + (tap / s.Kernel.W * s.Dilation.H);
                    int w = (column * s.Stride.W) - s.Padding.W + (tap % s.Kernel.W * s.Dilation.W);
                    if (h >= 0 && h < s.OutH && w >= 0 && w < s.OutW)
                        y[(((target * s.OutH) + h) * s.OutW) + w] += (double)x[i] * weight[(((source * s.OutChannelsPerGroup) + m) * (int)s.Kernel.Area) + tap];
                }
            }
        }

        return (new ConvTransposeKernel(weight, bias, s, (SimdWidth)lanes), input, y);
    }

    private static ConvTransposeShape RandomShape(Random random)
    {
        while (true)
        {
            int groups = random.Next(3) > 0 ? 1 : random.Next(1, 4);
            Size2d stride = random.Next(2) == 0 ? Size2d.Square(2) : new(random.Next(1, 5), random.Next(1, 5));
            Size2d dilation = random.Next(2) == 0 ? Size2d.Square(1) : new(random.Next(1, 4), random.Next(1, 4));
            ConvTransposeShape shape = new(
                groups * random.Next(1, 5),
                groups * random.Next(1, 12),
                groups,
                new(random.Next(1, 10), random.Next(1, 24)),
                new(random.Next(1, 6), random.Next(1, 6)),
                stride,
                new(random.Next(0, 4), random.Next(0, 4)),
                new(random.Next(Math.Max(stride.H, dilation.H)), random.Next(Math.Max(stride.W, dilation.W))),
                dilation);
            if (shape.OutH > 0 && shape.OutW > 0)
                return shape;
        }
    }
}
