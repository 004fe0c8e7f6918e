using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public sealed unsafe class ConvKernelTests
{
    /// <summary>Lanes: the values of <see cref="SimdWidth"/>.</summary>
    public static TheoryData<int> Widths => [1, 4, 8, 16];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_stride_padding_dilation_and_grouping_is_the_sum_over_taps(int lanes)
    {
        Random random = new(7);
        for (int trial = 0; trial < 150; trial++)
        {
            ConvShape shape = RandomShape(random);
            ConvTestLayer layer = new(shape, 1 + (trial % 3 * 2), bias: trial % 4 > 0);
            foreach (ConvAlgorithm algorithm in Algorithms(shape))
                layer.AssertExpected(layer.Run(layer.Kernel(algorithm, (SimdWidth)lanes)));
        }
    }

    public static TheoryData<string, int> Layers()
    {
        TheoryData<string, int> data = [];
        foreach (string name in KnownLayers.Keys)
        {
            foreach (int lanes in new[] { 1, 4, 8, 16 })
                data.Add(name, lanes);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layers_of_known_networks_come_out_right_by_every_algorithm(string name, int lanes)
    {
        (ConvShape shape, int batch) = KnownLayers[name];
        ConvTestLayer layer = new(shape, batch, residual: true);
        foreach (ConvAlgorithm algorithm in Algorithms(shape))
            layer.AssertExpected(layer.Run(layer.Kernel(algorithm, (SimdWidth)lanes)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_activation_follows_the_residual(int lanes)
    {
        (Epilogue Epilogue, Func<double, double> Formula)[] activations =
        [
            (new(ActivationFunction.ReLU), x => Math.Max(x, 0)),
            (new(ActivationFunction.ReLU6), x => Math.Clamp(x, 0, 6)),
            (new(ActivationFunction.Hardtanh, -0.5f, 2), x => Math.Clamp(x, -0.5, 2)),
            (new(ActivationFunction.LeakyReLU, 0.1f), x => x > 0 ? x : 0.1f * x),
            (new(ActivationFunction.SiLU, 1), x => x / (1 + Math.Exp(-x))),
        ];
        foreach (ConvShape shape in new[] { Square(3, 10, 7, 3, padding: 1), Square(5, 33, 4, 3, stride: 2, padding: 1), Square(6, 6, 9, 3, padding: 1, groups: 6) })
        {
            foreach (int batch in new[] { 1, 3, 5 })
            {
                ConvTestLayer layer = new(shape, batch, residual: true);
                foreach (ConvAlgorithm algorithm in Algorithms(shape))
                {
                    ConvKernel kernel = layer.Kernel(algorithm, (SimdWidth)lanes);
                    foreach ((Epilogue epilogue, Func<double, double> formula) in activations)
                    {
                        float[] actual = layer.Run(kernel, epilogue);
                        layer.AssertExpected(actual, formula);
                        Assert.Equal(actual, layer.Run(kernel, epilogue, residualIsOutput: true));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Threads_change_no_bit(int lanes)
    {
        using Workers two = new(2);
        using Workers three = new(3);
        foreach (ConvShape shape in new[] { Square(8, 40, 12, 3, padding: 1), Square(4, 64, 5, 3, stride: 2, padding: 1), Square(16, 16, 10, 5, padding: 2, groups: 16) })
        {
            ConvTestLayer layer = new(shape, 3);
            foreach (ConvAlgorithm algorithm in Algorithms(shape))
            {
                ConvKernel kernel = layer.Kernel(algorithm, (SimdWidth)lanes);
                float[] alone = layer.Run(kernel, new(ActivationFunction.ReLU));
                Assert.Equal(alone, layer.Run(kernel, new(ActivationFunction.ReLU), two));
                Assert.Equal(alone, layer.Run(kernel, new(ActivationFunction.ReLU), three));
            }
        }
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        using Workers workers = new(2);
        foreach (ConvShape shape in new[] { Square(8, 40, 12, 3, padding: 1), Square(4, 64, 5, 3, stride: 2, padding: 1), Square(16, 16, 10, 5, padding: 2, groups: 16) })
        {
            foreach (ConvAlgorithm algorithm in Algorithms(shape))
            {
                ConvKernel kernel = new ConvTestLayer(shape, 1).Kernel(algorithm, SimdWidths.Best);
                AlignedBuffer input = new(shape.InputFloats(4));
                AlignedBuffer output = new(shape.OutputFloats(4));
                AlignedBuffer scratch = new(kernel.ScratchFloats(4));
                kernel.Run(input.Pointer, 4, output.Pointer, null, Epilogue.None, scratch.Pointer, workers);
                long before = GC.GetAllocatedBytesForCurrentThread();
                kernel.Run(input.Pointer, 4, output.Pointer, null, Epilogue.None, scratch.Pointer, workers);
                kernel.Run(input.Pointer, 4, output.Pointer, null, Epilogue.None, scratch.Pointer, null);
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
                GC.KeepAlive((input, output, scratch));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Nothing_outside_the_operands_is_read_or_written(int lanes)
    {
        Random random = new(13);
        for (int trial = 0; trial < 120; trial++)
        {
            ConvShape shape = RandomShape(random);
            if (trial % 2 == 0)
                shape = shape with { Padding = default, PaddingEnd = default, Stride = Size2d.Square(1) };
            if (shape.OutH < 1 || shape.OutW < 1)
                continue;
            int batch = 1 + (trial % 4);
            foreach (ConvAlgorithm algorithm in Algorithms(shape))
            {
                ConvKernel kernel = new(new ConvPackedWeights(new float[shape.OutChannels * shape.Depth], [], shape, algorithm, (SimdWidth)lanes), shape);
                foreach (bool guardBehind in new[] { false, true })
                {
                    using GuardPages input = new(shape.InputFloats(batch), guardBehind);
                    using GuardPages output = new(shape.OutputFloats(batch), guardBehind);
                    using GuardPages residual = new(shape.OutputFloats(batch), guardBehind);
                    using GuardPages scratch = new(kernel.ScratchFloats(batch), guardBehind);
                    kernel.Run(input.Pointer, batch, output.Pointer, trial % 3 == 0 ? residual.Pointer : null, default, scratch.Pointer, null);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Packed_weights_serve_another_input_size(int lanes)
    {
        ConvShape small = Square(5, 12, 6, 3, padding: 1);
        ConvShape large = small with { Input = new(11, 17) };
        float[] weight = new float[small.OutChannels * small.Depth];
        foreach (ConvAlgorithm algorithm in Algorithms(small))
        {
            ConvTestLayer layer = new(large, 2);
            ConvKernel kernel = new(layer.Kernel(algorithm, (SimdWidth)lanes).Weights, large);
            layer.AssertExpected(layer.Run(kernel));
            Assert.Same(kernel.Weights, new ConvKernel(kernel.Weights, small).Weights);
        }

        Assert.Throws<ArgumentException>(() => new ConvKernel(new ConvPackedWeights(weight, [], small, ConvAlgorithm.Direct, (SimdWidth)lanes), small with { OutChannels = 11 }));
    }

    [Fact]
    public void A_kernel_larger_than_the_padded_input_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ConvKernel(new float[9], [], Square(1, 1, 2, 3), SimdWidth.Scalar));

    [Fact]
    public void Weights_of_another_length_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ConvKernel(new float[8], [], Square(1, 1, 4, 3), SimdWidth.Scalar));

    [Fact]
    public void Winograds_weights_are_refused_by_a_stride_of_two()
    {
        ConvShape shape = Square(2, 2, 8, 3);
        ConvPackedWeights weights = new(new float[36], [], shape, ConvAlgorithm.Winograd4, SimdWidth.Scalar);
        Assert.Throws<ArgumentException>(() => new ConvKernel(weights, shape with { Stride = Size2d.Square(2) }));
    }

    private static readonly Dictionary<string, (ConvShape Shape, int Batch)> KnownLayers = new()
    {
        ["LeNet's first"] = (Square(1, 6, 28, 5, padding: 2), 3),
        ["LeNet's second"] = (Square(6, 16, 14, 5), 5),
        ["ResNet's first, smaller"] = (Square(3, 16, 40, 7, stride: 2, padding: 3), 1),
        ["ResNet's 3x3, fewer channels"] = (Square(10, 12, 28, 3, padding: 1), 1),
        ["ResNet's 3x3/2 at 7x7, many images"] = (Square(6, 40, 14, 3, stride: 2, padding: 1), 5),
        ["1x1 at 7x7, many images"] = (Square(20, 40, 7, 1), 9),
        ["1x1 at one pixel, many images"] = (Square(9, 33, 1, 1), 70),
        ["1x1 at 7x7, one image: one pixel more than vectors hold"] = (Square(9, 46, 7, 1), 1),
        ["1x1 at 7x7, few channels"] = (Square(5, 15, 7, 1), 2),
        ["3x3/2 at 14x14, one position more than vectors hold"] = (Square(5, 46, 28, 3, stride: 2, padding: 1), 1),
        ["1x1/2"] = (Square(7, 9, 13, 1, stride: 2), 2),
        ["MobileNet's depthwise"] = (Square(9, 9, 30, 3, stride: 2, padding: 1, groups: 9), 2),
        ["Depthwise with multiplier 11"] = (Square(3, 33, 9, 3, padding: 1, groups: 3), 2),
        ["ResNeXt's grouped"] = (Square(16, 16, 14, 3, padding: 1, groups: 4), 2),
        ["Large image in strips"] = (Square(4, 3, 150, 3, padding: 1), 1),
        ["Large image in strips without padding"] = (Square(5, 3, 130, 1), 2),
        ["1-d"] = (new(3, 5, 1, new(1, 200), new(1, 7), new(1, 3), new(0, 5), new(1, 2)), 3),
        ["1-d, depthwise, long"] = (new(2, 2, 2, new(1, 20000), new(1, 3), new(1, 1), new(0, 1), new(1, 1)), 1),
        ["'same' padding of an even kernel"] = (new(3, 4, 1, new(6, 9), new(4, 2), new(1, 1), new(1, 0), new(1, 1)) { PaddingEnd = new(2, 1) }, 2),
    };

    private static ConvShape Square(int inChannels, int outChannels, int size, int kernel, int stride = 1, int padding = 0, int groups = 1) =>
        new(inChannels, outChannels, groups, Size2d.Square(size), Size2d.Square(kernel), Size2d.Square(stride), Size2d.Square(padding), Size2d.Square(1));

    private static IEnumerable<ConvAlgorithm> Algorithms(ConvShape shape)
    {
        yield return ConvAlgorithm.Direct;
        if (shape.InChannelsPerGroup == 1)
            yield return ConvAlgorithm.Depthwise;
        if (!ConvAlgorithms.CanWinograd(shape))
            yield break;
        yield return ConvAlgorithm.Winograd2;
        yield return ConvAlgorithm.Winograd4;
    }

    private static ConvShape RandomShape(Random random)
    {
        while (true)
        {
            int groups = random.Next(3) > 0 ? 1 : random.Next(1, 5);
            ConvShape shape = new(
                groups * random.Next(1, 6),
                groups * random.Next(1, 20),
                groups,
                new(random.Next(1, 20), random.Next(1, 20)),
                random.Next(2) == 0 ? Size2d.Square(3) : new(random.Next(1, 6), random.Next(1, 6)),
                random.Next(2) == 0 ? Size2d.Square(1) : new(random.Next(1, 5), random.Next(1, 5)),
                new(random.Next(0, 4), random.Next(0, 4)),
                random.Next(2) == 0 ? Size2d.Square(1) : new(random.Next(1, 4), random.Next(1, 4)));
            if (shape.OutH > 0 && shape.OutW > 0)
                return shape;
        }
    }
}
