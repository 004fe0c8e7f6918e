using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public sealed unsafe class PoolKernelTests
{
    /// <summary>Lanes: the values of <see cref="SimdWidth"/>.</summary>
    public static TheoryData<int> Widths => [1, 4, 8, 16];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_kernel_stride_padding_and_dilation_gives_the_largest_of_each_window(int lanes)
    {
        Random random = new(3);
        for (int trial = 0; trial < 120; trial++)
        {
            (Size2d input, Size2d kernel, Size2d stride, Size2d padding) = RandomGeometry(random);
            Size2d dilation = trial % 3 > 0 ? Size2d.Square(1) : new(random.Next(1, 4), random.Next(1, 4));
            if (input.H + (2 * padding.H) <= (kernel.H - 1) * dilation.H || input.W + (2 * padding.W) <= (kernel.W - 1) * dilation.W)
                continue;
            bool ceil = trial % 2 > 0;
            PoolShape shape = PoolShape.Max(2, input, kernel, stride, padding, dilation, ceil);
            AssertPools(shape, lanes, Outputs(input.H, kernel.H, stride.H, padding.H, dilation.H, ceil), Outputs(input.W, kernel.W, stride.W, padding.W, dilation.W, ceil), (plane, h, w) =>
                Window(plane, input, (h * stride.H) - padding.H, (w * stride.W) - padding.W, kernel, dilation).DefaultIfEmpty(float.NegativeInfinity).Max());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Means_divide_by_the_window_with_padding_without_it_or_by_the_override(int lanes)
    {
        Random random = new(5);
        for (int trial = 0; trial < 120; trial++)
        {
            (Size2d input, Size2d kernel, Size2d stride, Size2d padding) = RandomGeometry(random);
            bool ceil = trial % 2 > 0;
            bool include = trial % 3 > 0;
            int? divisor = trial % 5 == 0 ? 7 : null;
            PoolShape shape = PoolShape.Average(2, input, kernel, stride, padding, ceil, include, divisor);
            AssertPools(shape, lanes, Outputs(input.H, kernel.H, stride.H, padding.H, 1, ceil), Outputs(input.W, kernel.W, stride.W, padding.W, 1, ceil), (plane, h, w) =>
            {
                int top = (h * stride.H) - padding.H;
                int left = (w * stride.W) - padding.W;
                double[] window = [.. Window(plane, input, top, left, kernel, Size2d.Square(1))];
                int padded = (Math.Min(top + kernel.H, input.H + padding.H) - top) * (Math.Min(left + kernel.W, input.W + padding.W) - left);
                return window.Sum() / (divisor ?? (include ? padded : window.Length));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Adaptive_windows_reach_from_the_floor_to_the_ceiling(int lanes)
    {
        Random random = new(9);
        for (int trial = 0; trial < 80; trial++)
        {
            Size2d input = new(random.Next(1, 30), random.Next(1, 90));
            Size2d output = trial % 4 == 0 ? Size2d.Square(1) : new(random.Next(1, 12), random.Next(1, 12));
            IEnumerable<double> Elements(float[] plane, int h, int w)
            {
                for (int row = h * input.H / output.H; row < ((h + 1) * input.H + output.H - 1) / output.H; row++)
                {
                    for (int column = w * input.W / output.W; column < ((w + 1) * input.W + output.W - 1) / output.W; column++)
                        yield return plane[(row * input.W) + column];
                }
            }

            AssertPools(PoolShape.AdaptiveMax(2, input, output), lanes, output.H, output.W, (plane, h, w) => Elements(plane, h, w).Max());
            AssertPools(PoolShape.AdaptiveAverage(2, input, output), lanes, output.H, output.W, (plane, h, w) => Elements(plane, h, w).Average());
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Long_rows_are_pooled_in_pieces(int lanes)
    {
        Size2d input = new(1, 10001);
        AssertPools(PoolShape.Max(1, input, new(1, 3), new(1, 2), new(0, 1), Size2d.Square(1)), lanes, 1, 5001, (plane, _, w) =>
            Window(plane, input, 0, (w * 2) - 1, new(1, 3), Size2d.Square(1)).Max());
        AssertPools(PoolShape.Average(1, input, new(1, 500), new(1, 3), new(0, 250)), lanes, 1, 3334, (plane, _, w) =>
            Window(plane, input, 0, (w * 3) - 250, new(1, 500), Size2d.Square(1)).Sum() / 500);
        AssertPools(PoolShape.AdaptiveAverage(1, input, new(1, 3)), lanes, 1, 3, (plane, _, w) =>
            plane.Skip(w * 10001 / 3).Take((((w + 1) * 10001) + 2) / 3 - (w * 10001 / 3)).Average(x => (double)x));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_NaN_in_the_window_is_the_maximum(int lanes)
    {
        float[] x = new float[40];
        x[13] = float.NaN;
        foreach ((Size2d kernel, Size2d stride) in new[] { (new Size2d(1, 3), new Size2d(1, 1)), (new(1, 2), new(1, 2)), (new(1, 5), new(1, 5)), (new(1, 40), new(1, 1)) })
        {
            PoolShape shape = PoolShape.Max(1, new(1, 40), kernel, stride, new(0, 0), Size2d.Square(1));
            float[] y = Run(shape, lanes, x, 1, null);
            for (int w = 0; w < y.Length; w++)
                Assert.Equal(w * stride.W <= 13 && 13 < (w * stride.W) + kernel.W, float.IsNaN(y[w]));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Threads_change_no_bit(int lanes)
    {
        using Workers workers = new(2);
        PoolShape shape = PoolShape.Average(5, Size2d.Square(13), Size2d.Square(3), Size2d.Square(2), Size2d.Square(1));
        float[] x = Random(shape, 3);
        Assert.Equal(Run(shape, lanes, x, 3, null), Run(shape, lanes, x, 3, workers));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Nothing_outside_the_operands_is_read_or_written(int lanes)
    {
        Random random = new(15);
        for (int trial = 0; trial < 60; trial++)
        {
            (Size2d input, Size2d kernel, Size2d stride, Size2d padding) = RandomGeometry(random);
            PoolShape shape = trial % 3 == 0
                ? PoolShape.AdaptiveMax(2, input, new(random.Next(1, 4), random.Next(1, 4)))
                : PoolShape.Average(2, input, kernel, stride, padding);
            foreach (bool guardBehind in new[] { false, true })
            {
                using GuardPages x = new(2 * input.Area, guardBehind);
                using GuardPages y = new(2 * shape.Rows.Count * shape.Columns.Count, guardBehind);
                new PoolKernel(shape, (SimdWidth)lanes).Run(x.Pointer, 1, y.Pointer, null);
            }
        }
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        PoolKernel kernel = new(PoolShape.Max(3, Size2d.Square(20), Size2d.Square(3), Size2d.Square(2), Size2d.Square(1), Size2d.Square(1)), SimdWidths.Best);
        AlignedBuffer x = new(3 * 400);
        AlignedBuffer y = new(3 * 100);
        kernel.Run(x.Pointer, 1, y.Pointer, null);
        long before = GC.GetAllocatedBytesForCurrentThread();
        kernel.Run(x.Pointer, 1, y.Pointer, null);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        GC.KeepAlive((x, y));
    }

    [Fact]
    public void Padding_of_more_than_half_the_kernel_is_refused() =>
        Assert.Throws<ArgumentException>(() => PoolShape.Max(1, Size2d.Square(5), Size2d.Square(3), Size2d.Square(1), Size2d.Square(2), Size2d.Square(1)));

    /// <summary>PyTorch's pooling_output_shape: with ceil_mode the last window must start within the input or the padding before it.</summary>
    private static int Outputs(int size, int kernel, int stride, int padding, int dilation, bool ceil)
    {
        double windows = (size + (2 * padding) - (dilation * (kernel - 1)) - 1) / (double)stride;
        int count = (int)(ceil ? Math.Ceiling(windows) : Math.Floor(windows)) + 1;
        return ceil && (count - 1) * stride >= size + padding ? count - 1 : count;
    }

    private static IEnumerable<double> Window(float[] plane, Size2d input, int top, int left, Size2d kernel, Size2d dilation)
    {
        for (int i = 0; i < kernel.H; i++)
        {
            for (int j = 0; j < kernel.W; j++)
            {
                int row = top + (i * dilation.H);
                int column = left + (j * dilation.W);
                if (row >= 0 && row < input.H && column >= 0 && column < input.W)
                    yield return plane[(row * input.W) + column];
            }
        }
    }

    private static void AssertPools(PoolShape shape, int lanes, int outH, int outW, Func<float[], int, int, double> expected)
    {
        const int batch = 2;
        Assert.Equal((outH, outW), (shape.Rows.Count, shape.Columns.Count));
        float[] x = Random(shape, batch);
        float[] y = Run(shape, lanes, x, batch, null);
        int index = 0;
        foreach (float[] plane in x.Chunk((int)shape.Input.Area))
        {
            for (int h = 0; h < outH; h++)
            {
                for (int w = 0; w < outW; w++, index++)
                    Assert.Equal(expected(plane, h, w), y[index], 1e-5);
            }
        }
    }

    private static float[] Random(PoolShape shape, int batch)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, batch * shape.Channels * (int)shape.Input.Area).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static float[] Run(PoolShape shape, int lanes, float[] x, int batch, Workers? workers)
    {
        GuardedFloats input = new(x.Length);
        x.CopyTo(input.Span);
        GuardedFloats output = new(batch * shape.Channels * shape.Rows.Count * shape.Columns.Count);
        new PoolKernel(shape, (SimdWidth)lanes).Run(input.Pointer, batch, output.Pointer, workers);
        output.AssertGuards();
        return output.Span.ToArray();
    }

    private static (Size2d Input, Size2d Kernel, Size2d Stride, Size2d Padding) RandomGeometry(Random random)
    {
        Size2d kernel = random.Next(2) == 0 ? Size2d.Square(random.Next(1, 4)) : new(random.Next(1, 8), random.Next(1, 8));
        Size2d stride = random.Next(2) == 0 ? Size2d.Square(2) : new(random.Next(1, 5), random.Next(1, 5));
        Size2d padding = new(random.Next((kernel.H / 2) + 1), random.Next((kernel.W / 2) + 1));
        return (new(random.Next(kernel.H, 20), random.Next(kernel.W, 50)), kernel, stride, padding);
    }
}
