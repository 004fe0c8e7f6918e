using Helu.Inference.Kernels;

namespace Helu.Inference.Tests.Kernels;

/// <summary>The kernels that compute nothing.</summary>
public sealed unsafe class MovingKernelTests
{
    public static TheoryData<int[], int[]> Permutations => new()
    {
        { [], [] },
        { [5], [0] },
        { [3, 4], [0, 1] },
        { [3, 4], [1, 0] },
        { [70, 33], [1, 0] },
        { [1, 19], [1, 0] },
        { [2, 17, 35], [0, 2, 1] },
        { [2, 17, 35], [2, 1, 0] },
        { [2, 17, 35], [1, 0, 2] },
        { [2, 17, 35], [1, 2, 0] },
        { [2, 3, 4, 5], [0, 2, 3, 1] },
        { [2, 3, 4, 5], [3, 0, 2, 1] },
        { [2, 3, 4, 5], [2, 3, 0, 1] },
        { [2, 1, 4, 1, 5], [4, 3, 0, 2, 1] },
        { [2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [9, 0, 8, 1, 7, 2, 6, 3, 5, 4] },
        { [3, 0, 2], [2, 0, 1] },
    };

    [Theory]
    [MemberData(nameof(Permutations))]
    public void Permute_puts_every_element_where_PyTorch_does(int[] shape, int[] permutation)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        GuardedFloats x = GuardedFloats.Random(count, 1);
        double[] expected = new double[count];
        for (int i = 0; i < count; i++)
        {
            int[] index = new int[shape.Length];
            for (int d = shape.Length - 1, rest = i; d >= 0; rest /= shape[d], d--)
                index[d] = rest % shape[d];
            int to = 0;
            foreach (int d in permutation)
                to = (to * shape[d]) + index[d];
            expected[to] = x.Span[i];
        }

        GuardedFloats y = new(count);
        KernelTesting.RunWithoutAllocating(() => TransposeKernel.Run(x.Pointer, shape, permutation, y.Pointer));
        y.AssertEqual(expected, 0, $"[{string.Join(", ", permutation)}]");
    }

    [Theory]
    [InlineData(new int[] { 0 })]
    [InlineData(new int[] { 0, 0 })]
    [InlineData(new int[] { 0, 2 })]
    [InlineData(new int[] { 0, -1 })]
    [InlineData(new int[] { 0, 1, 2 })]
    public void What_is_no_permutation_is_refused(int[] permutation) =>
        Assert.Contains("is not a permutation of the 2 dimensions of [3, 4]",
            Assert.Throws<ArgumentException>(() => TransposeKernel.Run(null, [3, 4], permutation, null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, new int[] { 2, 3 }, 5)]
    [InlineData(4, new int[] { 1, 2, 3 }, 7)]
    [InlineData(3, new int[] { 5 }, 1)]
    public void Concat_of_blocks_is_cat_along_the_middle(int outer, int[] sizes, int inner)
    {
        GuardedFloats[] inputs = [.. sizes.Select((size, i) => GuardedFloats.Random(outer * size * inner, i))];
        double[] expected = [.. Enumerable.Range(0, outer).SelectMany(o => inputs.Zip(sizes).SelectMany(input =>
            input.First.Span.Slice(o * input.Second * inner, input.Second * inner).ToArray().Select(value => (double)value)))];

        GuardedFloats y = new(expected.Length);
        KernelTesting.RunWithoutAllocating(() =>
        {
            float* to = y.Pointer;
            for (int i = 0; i < sizes.Length; i++)
            {
                nint block = sizes[i] * inner;
                ConcatKernel.Run(inputs[i].Pointer, block, to, sizes.Sum() * inner, block, outer);
                to += block;
            }
        });
        y.AssertEqual(expected, 0, "cat");
    }

    // By hand from PyTorch's documentation and source: floor(i·in/out) for a size, floor(i/scale_factor) for a scale_factor.
    [Theory]
    [InlineData(2, 4, null, new int[] { 0, 0, 1, 1 })]
    [InlineData(3, 7, null, new int[] { 0, 0, 0, 1, 1, 2, 2 })]
    [InlineData(7, 3, null, new int[] { 0, 2, 4 })]
    [InlineData(3, 6, 2.0, new int[] { 0, 0, 1, 1, 2, 2 })]
    [InlineData(3, 7, 2.5, new int[] { 0, 0, 0, 1, 1, 2, 2 })]
    [InlineData(5, 8, 1.7, new int[] { 0, 0, 1, 1, 2, 2, 3, 4 })]
    [InlineData(5, 2, 0.5, new int[] { 0, 2 })]
    [InlineData(4, 4, null, new int[] { 0, 1, 2, 3 })]
    [InlineData(3, 6, 2.3, new[] { 0, 0, 1, 1, 2, 2 })] // twice as large: the factor does not count
    public void Upsample_takes_the_nearest_element_by_PyTorchs_formula(int size, int outSize, double? scaleFactor, int[] sources)
    {
        if (scaleFactor is { } factor)
            Assert.Equal(outSize, UpsampleKernel.OutputSize(size, factor));
        const int planes = 3;
        GuardedFloats x = GuardedFloats.Random(planes * size, size);
        double[] line = [.. Enumerable.Range(0, planes).SelectMany(p => sources.Select(source => (double)x.Span[(p * size) + source]))];

        GuardedFloats y = new(planes * outSize);
        KernelTesting.RunWithoutAllocating(() => UpsampleKernel.Run(x.Pointer, planes, 1, size, y.Pointer, 1, outSize, null, scaleFactor));
        y.AssertEqual(line, 0, "as a signal");
        UpsampleKernel.Run(x.Pointer, planes, size, 1, y.Pointer, outSize, 1, scaleFactor, null);
        y.AssertEqual(line, 0, "as a column");
    }

    [Theory]
    [InlineData(5, 7, 10, 14)]
    [InlineData(5, 7, 3, 20)]
    [InlineData(2, 700, 4, 2100)]
    public void Upsample_of_images_repeats_rows_and_columns(int height, int width, int outHeight, int outWidth)
    {
        const int planes = 2;
        GuardedFloats x = GuardedFloats.Random(planes * height * width, 1);
        double[] expected = [.. Enumerable.Range(0, planes * outHeight * outWidth).Select(i =>
        {
            int row = (int)((long)(i / outWidth % outHeight) * height / outHeight);
            int column = (int)((long)(i % outWidth) * width / outWidth);
            return (double)x.Span[(((i / outWidth / outHeight * height) + row) * width) + column];
        })];
        GuardedFloats y = new(expected.Length);
        KernelTesting.RunWithoutAllocating(() => UpsampleKernel.Run(x.Pointer, planes, height, width, y.Pointer, outHeight, outWidth, null, null));
        y.AssertEqual(expected, 0, "image");
    }

    [Fact]
    public void Embedding_takes_rows_of_the_table()
    {
        GuardedFloats table = GuardedFloats.Random(5 * 3, 1);
        long[] ids = [4, 0, 0, 2];
        double[] expected = [.. ids.SelectMany(id => table.Span.Slice((int)id * 3, 3).ToArray().Select(value => (double)value))];
        GuardedFloats y = new(4 * 3);
        fixed (long* pointer = ids)
        {
            nint pinned = (nint)pointer;
            KernelTesting.RunWithoutAllocating(() => EmbeddingKernel.Run((long*)pinned, 4, table.Pointer, 5, 3, y.Pointer));
        }

        y.AssertEqual(expected, 0, "rows");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void An_id_outside_the_table_is_refused_before_anything_is_written(long id)
    {
        GuardedFloats table = GuardedFloats.Random(5 * 3, 1);
        GuardedFloats y = new(2 * 3);
        long[] ids = [1, id];
        fixed (long* pointer = ids)
        {
            nint pinned = (nint)pointer;
            Assert.Contains($"Id {id} at position 1 is outside an embedding table of 5 rows",
                Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddingKernel.Run((long*)pinned, 2, table.Pointer, 5, 3, y.Pointer)).Message, StringComparison.Ordinal);
        }

        y.AssertEqual([.. Enumerable.Repeat(double.NaN, 6)], 0, "untouched");
    }
}
