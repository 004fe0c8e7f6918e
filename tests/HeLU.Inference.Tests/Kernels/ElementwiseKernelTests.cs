using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public sealed unsafe class ElementwiseKernelTests
{
    private static double Apply(ElementwiseOperation operation, double a, double b) => operation switch
    {
        ElementwiseOperation.Add => a + b,
        ElementwiseOperation.Sub => a - b,
        ElementwiseOperation.Mul => a * b,
        ElementwiseOperation.Div => a / b,
        ElementwiseOperation.Maximum => Math.Max(a, b),
        ElementwiseOperation.Minimum => Math.Min(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private static int Product(int[] shape) => shape.Aggregate(1, (product, size) => product * size);

    // The element of a broadcast tensor: its own index in every dimension, 0 where it has size 1.
    private static float At(GuardedFloats tensor, int[] shape, int[] index)
    {
        int offset = 0;
        for (int d = 0; d < shape.Length; d++)
            offset = (offset * shape[d]) + (shape[d] == 1 ? 0 : index[index.Length - shape.Length + d]);
        return tensor.Span[offset];
    }

    private static int[] Index(int position, int[] shape)
    {
        int[] index = new int[shape.Length];
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            index[d] = position % shape[d];
            position /= shape[d];
        }

        return index;
    }

    private static double[] Expected(ElementwiseOperation operation, GuardedFloats a, int[] shapeA, GuardedFloats b, int[] shapeB, int[] shape, Epilogue epilogue) =>
        [.. Enumerable.Range(0, Product(shape)).Select(i => Index(i, shape)).Select(index =>
            KernelTesting.Activate(epilogue, Apply(operation, At(a, shapeA, index), At(b, shapeB, index))))];

    public static TheoryData<int[], int[], int[]> Shapes => new()
    {
        { [37], [37], [37] },
        { [2, 3, 41], [2, 3, 41], [2, 3, 41] },
        { [3, 5000], [3, 5000], [3, 5000] },
        { [4, 9], [], [4, 9] },
        { [], [4, 9], [4, 9] },
        { [], [], [] },
        { [5, 7], [1, 1], [5, 7] },
        { [2, 3, 4, 5], [3, 1, 1], [2, 3, 4, 5] },
        { [3, 1, 1], [2, 3, 4, 5], [2, 3, 4, 5] },
        { [6, 33], [33], [6, 33] },
        { [33], [6, 33], [6, 33] },
        { [6, 33], [6, 1], [6, 33] },
        { [6, 1], [1, 33], [6, 33] },
        { [2, 1, 3, 1, 5], [4, 1, 6, 1], [2, 4, 3, 6, 5] },
        { [1, 1, 2, 1, 3], [2, 1, 1, 1, 1], [2, 1, 2, 1, 3] },
        { [2, 1, 2, 1, 2, 1, 2, 1], [1, 3, 1, 2, 1, 2, 1, 2], [2, 3, 2, 2, 2, 2, 2, 2] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Two_tensors_broadcast_as_in_PyTorch(int[] shapeA, int[] shapeB, int[] shape)
    {
        int[] broadcast = new int[shape.Length];
        Assert.Equal(shape.Length, ElementwiseKernel.BroadcastShape(shapeA, shapeB, broadcast));
        Assert.Equal(shape, broadcast);

        GuardedFloats a = GuardedFloats.Random(Product(shapeA), 1);
        GuardedFloats b = GuardedFloats.Random(Product(shapeB), 2);
        foreach (ElementwiseOperation operation in Enum.GetValues<ElementwiseOperation>())
        {
            foreach (Epilogue epilogue in KernelTesting.Epilogues)
            {
                double[] expected = Expected(operation, a, shapeA, b, shapeB, shape, epilogue);
                foreach (SimdWidth width in KernelTesting.Widths)
                {
                    GuardedFloats y = new(expected.Length);
                    KernelTesting.RunWithoutAllocating(() => ElementwiseKernel.Run(operation, a.Pointer, shapeA, b.Pointer, shapeB, y.Pointer, epilogue, width));
                    y.AssertEqual(expected, 1e-6, $"{operation} {width} {epilogue}");
                }
            }
        }
    }

    [Fact]
    public void A_scalar_stands_on_either_side()
    {
        GuardedFloats x = GuardedFloats.Random(4099, 3);
        foreach (ElementwiseOperation operation in Enum.GetValues<ElementwiseOperation>())
        {
            foreach (SimdWidth width in KernelTesting.Widths)
            {
                foreach (Epilogue epilogue in KernelTesting.Epilogues)
                {
                    GuardedFloats y = new(x.Span.Length);
                    KernelTesting.RunWithoutAllocating(() => ElementwiseKernel.Run(operation, x.Pointer, 0.7f, x.Span.Length, y.Pointer, epilogue, width));
                    y.AssertEqual([.. x.Span.ToArray().Select(value => KernelTesting.Activate(epilogue, Apply(operation, value, 0.7f)))], 1e-6, $"x {operation} 0.7, {width}");
                    ElementwiseKernel.Run(operation, 0.7f, x.Pointer, x.Span.Length, y.Pointer, epilogue, width);
                    y.AssertEqual([.. x.Span.ToArray().Select(value => KernelTesting.Activate(epilogue, Apply(operation, 0.7f, value)))], 1e-6, $"0.7 {operation} x, {width}");
                }
            }
        }
    }

    [Fact]
    public void The_output_may_be_an_operand()
    {
        GuardedFloats a = GuardedFloats.Random(5 * 39, 4);
        GuardedFloats b = GuardedFloats.Random(39, 5);
        double[] expected = Expected(ElementwiseOperation.Sub, b, [39], a, [5, 39], [5, 39], Epilogue.None);
        foreach (SimdWidth width in KernelTesting.Widths)
        {
            GuardedFloats y = new(a.Span);
            ElementwiseKernel.Run(ElementwiseOperation.Sub, b.Pointer, [39], y.Pointer, [5, 39], y.Pointer, Epilogue.None, width);
            y.AssertEqual(expected, 1e-6, $"{width}");
        }
    }

    [Fact]
    public void Maximum_and_minimum_are_NaN_where_either_is()
    {
        GuardedFloats a = new([float.NaN, 1, float.NaN]);
        GuardedFloats b = new([1, float.NaN, float.NaN]);
        foreach (ElementwiseOperation operation in (ElementwiseOperation[])[ElementwiseOperation.Maximum, ElementwiseOperation.Minimum])
        {
            foreach (SimdWidth width in KernelTesting.Widths)
            {
                GuardedFloats y = new(3);
                ElementwiseKernel.Run(operation, a.Pointer, [3], b.Pointer, [3], y.Pointer, Epilogue.None, width);
                y.AssertEqual([double.NaN, double.NaN, double.NaN], 0, $"{operation} {width}");
            }
        }
    }

    [Fact]
    public void Empty_tensors_have_nothing_to_compute() =>
        ElementwiseKernel.Run(ElementwiseOperation.Add, null, [0, 3], null, [3], null, Epilogue.None, SimdWidth.Scalar);

    [Fact]
    public void Shapes_that_do_not_broadcast_are_refused()
    {
        Assert.Contains("dimension 1 is 3 in one and 4 in the other",
            Assert.Throws<ArgumentException>(() => ElementwiseKernel.BroadcastShape([2, 3, 5], [4, 1], new int[3])).Message, StringComparison.Ordinal);
        Assert.Contains("at most 8", Assert.Throws<ArgumentException>(() => ElementwiseKernel.BroadcastShape(new int[9], [], new int[9])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_of_one_tensor_are_their_formulas()
    {
        GuardedFloats x = GuardedFloats.Random(4099, 6);
        (UnaryOperation Operation, Func<double, double> Formula)[] functions =
        [
            (UnaryOperation.Neg, value => -value),
            (UnaryOperation.Abs, Math.Abs),
            (UnaryOperation.Exp, Math.Exp),
            (UnaryOperation.Log, Math.Log),
            (UnaryOperation.Sqrt, Math.Sqrt),
            (UnaryOperation.Square, value => value * value),
        ];
        foreach ((UnaryOperation operation, Func<double, double> formula) in functions)
        {
            foreach (SimdWidth width in KernelTesting.Widths)
            {
                foreach (Epilogue epilogue in KernelTesting.Epilogues)
                {
                    GuardedFloats y = new(x.Span.Length);
                    KernelTesting.RunWithoutAllocating(() => UnaryKernel.Run(operation, x.Pointer, x.Span.Length, y.Pointer, epilogue, width));
                    y.AssertEqual([.. x.Span.ToArray().Select(value => KernelTesting.Activate(epilogue, formula(value)))], 1e-6, $"{operation} {width} {epilogue}");
                }
            }
        }
    }
}
