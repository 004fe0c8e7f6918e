using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Kernels;

namespace Helu.Inference.Tracing;

public static partial class Ops
{
    /// <summary>a + b, broadcast.</summary>
    public static Value add(Value a, Value b) => Binary(BinaryOperation.Add, a, b);

    /// <summary>a + b.</summary>
    public static Value add(Value a, double b) => Scalar(BinaryOperation.Add, a, b);

    /// <summary>a + b.</summary>
    public static Value add(double a, Value b) => Scalar(BinaryOperation.Add, b, a);

    /// <summary>a - b, broadcast.</summary>
    public static Value sub(Value a, Value b) => Binary(BinaryOperation.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static Value sub(Value a, double b) => Scalar(BinaryOperation.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static Value sub(double a, Value b) => ScalarFirst(BinaryOperation.Subtract, a, b);

    /// <summary>a·b, broadcast.</summary>
    public static Value mul(Value a, Value b) => Binary(BinaryOperation.Multiply, a, b);

    /// <summary>a·b.</summary>
    public static Value mul(Value a, double b) => Scalar(BinaryOperation.Multiply, a, b);

    /// <summary>a·b.</summary>
    public static Value mul(double a, Value b) => Scalar(BinaryOperation.Multiply, b, a);

    /// <summary>a/b, broadcast.</summary>
    public static Value div(Value a, Value b) => Binary(BinaryOperation.Divide, a, b);

    /// <summary>a/b.</summary>
    public static Value div(Value a, double b) => Scalar(BinaryOperation.Divide, a, b);

    /// <summary>a/b.</summary>
    public static Value div(double a, Value b) => ScalarFirst(BinaryOperation.Divide, a, b);

    /// <summary>The larger of each pair, broadcast.</summary>
    public static Value maximum(Value a, Value b) => Binary(BinaryOperation.Maximum, a, b);

    /// <summary>The smaller of each pair, broadcast.</summary>
    public static Value minimum(Value a, Value b) => Binary(BinaryOperation.Minimum, a, b);

    /// <summary>-x.</summary>
    public static Value neg(Value x) => mul(x, -1);

    /// <summary>|x|.</summary>
    public static Value abs(Value x) => Unary(UnaryOperation.Abs, x);

    /// <summary>eˣ.</summary>
    public static Value exp(Value x) => Unary(UnaryOperation.Exp, x);

    /// <summary>√x.</summary>
    public static Value sqrt(Value x) => Unary(UnaryOperation.Sqrt, x);

    /// <summary>x².</summary>
    public static Value square(Value x) => mul(x, x);

    /// <summary>x itself: what Dropout, contiguous, detach and the like are here.</summary>
    public static Value identity(Value x) => x;

    /// <summary>x as it is now: an in-place operation on x later is not seen.</summary>
    public static Value clone(Value x) => Graph.Recording.Add(new CloneNode(x));

    /// <summary>Puts <paramref name="value"/> in the place of <paramref name="target"/>, as an in-place operation does: every later read of target finds it.</summary>
    public static Value overwrite(Value target, Value value)
    {
        target.Overwrite(value);
        return value;
    }

    private static Value Binary(BinaryOperation operation, Value a, Value b) => Graph.Recording.Add(new BinaryNode(operation, a, b));

    private static Value Scalar(BinaryOperation operation, Value x, double scalar) =>
        Graph.Recording.Add(new ScalarNode(operation, x, (float)scalar, isScalarFirst: false));

    private static Value ScalarFirst(BinaryOperation operation, double scalar, Value x) =>
        Graph.Recording.Add(new ScalarNode(operation, x, (float)scalar, isScalarFirst: true));

    private static Value Unary(UnaryOperation operation, Value x) => Graph.Recording.Add(new UnaryNode(operation, x));
}
