using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public unsafe class GemmTests
{
    private static readonly int[] s_edges = [1, 2, 3, 5, 7, 12, 13, 15, 16, 17, 31, 33, 63, 65, 100];

    public enum Right
    {
        Rows,
        Listed,
        Panels,
        ListedPanels,
    }

    public static TheoryData<int, Right> WidthsAndLayouts()
    {
        TheoryData<int, Right> data = [];
        foreach (SimdWidth width in Enum.GetValues<SimdWidth>())
        {
            foreach (Right right in Enum.GetValues<Right>())
                data.Add((int)width, right);
        }

        return data;
    }

    public static TheoryData<int> Widths() => [.. Enum.GetValues<SimdWidth>().Select(width => (int)width)];

    [Theory]
    [MemberData(nameof(WidthsAndLayouts))]
    public void A_product_is_the_sum_over_k_at_every_edge(int width, Right right)
    {
        Random random = new(1);
        int shape = (int)right;
        foreach (int m in s_edges)
        {
            foreach (int n in s_edges)
                new Problem(m, n, s_edges[shape++ % s_edges.Length], random).Check((SimdWidth)width, right);
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndLayouts))]
    public void A_product_over_a_long_k_goes_on_from_what_its_first_piece_left(int width, Right right)
    {
        Random random = new(2);
        foreach (int k in new[] { GemmBlocking.Depth, GemmBlocking.Depth + 1, (2 * GemmBlocking.Depth) + 33 })
        {
            new Problem(1, 65, k, random).Check((SimdWidth)width, right);
            new Problem(13, 33, k, random).Check((SimdWidth)width, right);
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndLayouts))]
    public void More_rows_than_a_block_holds_are_all_computed(int width, Right right) =>
        new Problem((2 * GemmBlocking.Rows) + 5, 17, 9, new(3)).Check((SimdWidth)width, right);

    [Theory]
    [MemberData(nameof(WidthsAndLayouts))]
    public void A_product_without_k_is_bias_and_residual(int width, Right right) => new Problem(5, 33, 0, new(4)).Check((SimdWidth)width, right);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Bias_and_residual_come_before_the_activation(int width)
    {
        Random random = new(5);
        foreach (int n in new[] { 17, 64 })
        {
            Problem problem = new(14, n, 21, random) { Epilogue = new(ActivationFunction.Tanh) };
            problem.Check((SimdWidth)width, Right.Panels);
            problem.Epilogue = new(ActivationFunction.ReLU6);
            problem.Check((SimdWidth)width, Right.Rows);
            problem.Epilogue = new(ActivationFunction.LeakyReLU, 0.25f);
            problem.Check((SimdWidth)width, Right.Rows);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_number_of_threads_gives_the_same_bits(int width)
    {
        Random random = new(6);
        foreach ((int m, int n, int k) in new[] { (100, 65, 100), (1, 700, 600), (701, 10, 64), (14, 100, 600) })
        {
            Problem problem = new(m, n, k, random);
            float[] expected = problem.Run((SimdWidth)width, Right.Panels, null);
            for (int threads = 2; threads <= 3; threads++)
            {
                using Workers workers = new(threads);
                Assert.Equal(expected, problem.Run((SimdWidth)width, Right.Panels, workers));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_NaN_in_a_row_stays_in_its_row(int width)
    {
        Problem problem = new(20, 20, 20, new(7)) { Epilogue = new(ActivationFunction.ReLU) };
        problem.A.Span[3 * 20] = float.NaN;
        float[] c = problem.Run((SimdWidth)width, Right.Panels, null);
        for (int index = 0; index < c.Length; index++)
            Assert.Equal(index / 20 == 3, float.IsNaN(c[index]));
    }

    /// <summary>A product with everything that can be added to it, one or the other bias by turns.</summary>
    private sealed class Problem(int m, int n, int k, Random random)
    {
        private readonly bool _rowBias = random.Next(2) == 0;
        private readonly bool _hasResidual = random.Next(2) == 0;
        private readonly GemmBuffer _b = GemmBuffer.Random(k * n, random);
        private readonly GemmBuffer _bias = GemmBuffer.Random(Math.Max(m, n), random);
        private readonly GemmBuffer _residual = GemmBuffer.Random(m * n, random);

        public GemmBuffer A { get; } = GemmBuffer.Random(m * k, random);

        public Epilogue Epilogue { get; set; } = new(ActivationFunction.Hardtanh, -2, 3);

        public void Check(SimdWidth width, Right right)
        {
            float[] c = Run(width, right, null);
            for (int row = 0; row < m; row++)
            {
                for (int column = 0; column < n; column++)
                {
                    (double expected, double size) = Expected(row, column);
                    double difference = Math.Abs(c[(row * n) + column] - expected);
                    Assert.True(difference <= 1e-6 * (1 + size), $"[{m}, {k}] x [{k}, {n}], {width}, {right}: {c[(row * n) + column]} at [{row}, {column}], not {expected}.");
                }
            }
        }

        public float[] Run(SimdWidth width, Right right, Workers? workers)
        {
            int panel = GemmBlocking.PanelWidth(width);
            GemmBuffer panels = new((int)Gemm.PanelFloats(k, n, width));
            Gemm.PackPanels(_b.Pointer, n, 1, k, n, panels.Pointer, width);
            panels.AssertNothingWrittenBeside();

            bool packed = right is Right.Panels or Right.ListedPanels;
            int stride = packed ? panel : n;
            int[] offsets = [.. Enumerable.Range(0, k + 1).Select(row => row * stride)];
            GemmBuffer c = new(m * n);
            fixed (int* offset = offsets)
            {
                GemmArguments arguments = new()
                {
                    M = m,
                    N = n,
                    K = k,
                    Left = A.Pointer,
                    LeftStride = k,
                    Right = packed ? panels.Pointer : _b.Pointer,
                    RightStride = stride,
                    RightOffsets = right is Right.Listed or Right.ListedPanels ? offset : null,
                    PanelStride = packed ? (nint)k * panel : 0,
                    Output = c.Pointer,
                    OutputStride = n,
                    RowBias = _rowBias ? _bias.Pointer : null,
                    ColumnBias = _rowBias ? null : _bias.Pointer,
                    Residual = _hasResidual ? _residual.Pointer : null,
                    ResidualStride = n,
                    Epilogue = Epilogue,
                };
                Gemm.Run(arguments, width, workers);
            }

            GC.KeepAlive(panels);
            GC.KeepAlive(this);
            c.AssertNothingWrittenBeside();
            return c.Span.ToArray();
        }

        /// <summary>The element by its definition, and the sum of the sizes of what was added up, which its rounding error goes by.</summary>
        private (double Value, double Size) Expected(int row, int column)
        {
            double sum = _bias.Span[_rowBias ? row : column] + (_hasResidual ? _residual.Span[(row * n) + column] : 0);
            double size = Math.Abs(sum);
            for (int i = 0; i < k; i++)
            {
                double product = (double)A.Span[(row * k) + i] * _b.Span[(i * n) + column];
                sum += product;
                size += Math.Abs(product);
            }

            return (ActivationFormulas.Of(Epilogue)(sum), size);
        }
    }
}
