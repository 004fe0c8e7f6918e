using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Kernels;

namespace Helu.Inference.Tracing;

public static partial class Ops
{
    /// <summary>a + b, broadcast.</summary>
    public static Value add(Value a, Value b) => Binary(ElementwiseOperation.Add, a, b);

    /// <summary>a + b.</summary>
    public static Value add(Value a, double b) => Scalar(ElementwiseOperation.Add, a, b);

    /// <summary>a + b.</summary>
    public static Value add(double a, Value b) => Scalar(ElementwiseOperation.Add, b, a);

    /// <summary>a - b, broadcast.</summary>
    public static Value sub(Value a, Value b) => Binary(ElementwiseOperation.Sub, a, b);

    /// <summary>a - b.</summary>
    public static Value sub(Value a, double b) => Scalar(ElementwiseOperation.Sub, a, b);

    /// <summary>a - b.</summary>
    public static Value sub(double a, Value b) => ScalarFirst(ElementwiseOperation.Sub, a, b);

    /// <summary>a·b, broadcast.</summary>
    public static Value mul(Value a, Value b) => Binary(ElementwiseOperation.Mul, a, b);

    /// <summary>a·b.</summary>
    public static Value mul(Value a, double b) => Scalar(ElementwiseOperation.Mul, a, b);

    /// <summary>a·b.</summary>
    public static Value mul(double a, Value b) => Scalar(ElementwiseOperation.Mul, b, a);

    /// <summary>a/b, broadcast.</summary>
    public static Value div(Value a, Value b) => Binary(ElementwiseOperation.Div, a, b);

    /// <summary>a/b.</summary>
    public static Value div(Value a, double b) => Scalar(ElementwiseOperation.Div, a, b);

    /// <summary>a/b.</summary>
    public static Value div(double a, Value b) => ScalarFirst(ElementwiseOperation.Div, a, b);

    /// <summary>The larger of each pair, broadcast.</summary>
    public static Value maximum(Value a, Value b) => Binary(ElementwiseOperation.Maximum, a, b);

    /// <summary>The smaller of each pair, broadcast.</summary>
    public static Value minimum(Value a, Value b) => Binary(ElementwiseOperation.Minimum, a, b);

    /// <summary>-x.</summary>
    public static Value neg(Value x) => IsTraining ? Call(TensorCall.Negate, x) : mul(x, -1);

    /// <summary>|x|.</summary>
    public static Value abs(Value x) => Unary(UnaryOperation.Abs, x);

    /// <summary>eˣ.</summary>
    public static Value exp(Value x) => Unary(UnaryOperation.Exp, x);

    /// <summary>√x.</summary>
    public static Value sqrt(Value x) => Unary(UnaryOperation.Sqrt, x);

    /// <summary>x².</summary>
    public static Value square(Value x) => IsTraining ? Call(TensorCall.Square, x) : mul(x, x);

    /// <summary>x itself: what Dropout, contiguous, detach and the like are here.</summary>
    public static Value identity(Value x) => x;

    /// <summary>x as it is now: an in-place operation on x later is not seen.</summary>
    public static Value clone(Value x) => Graph.Recording.Add(new CloneNode(x));

    /// <summary>Puts <paramref name="value"/> in the place of <paramref name="target"/>, as an in-place operation does: every later read of target finds it.</summary>
    public static Value overwrite(Value target, Value value)
    {
        if (IsTraining)
            RefuseOnInput(target, value);
        MarkInPlace(value);
        target.Overwrite(value);
        return value;
    }

    /// <summary>Puts the result of an operation in the place of its first input, as the operation's in-place form does.</summary>
    public static Value in_place(Value result) => overwrite(result.Producer!.Inputs[0], result);

    private static Value Binary(ElementwiseOperation operation, Value a, Value b) => Graph.Recording.Add(new BinaryNode(operation, a, b));

    private static Value Scalar(ElementwiseOperation operation, Value x, double scalar) =>
        Graph.Recording.Add(new ScalarNode(operation, x, scalar, isScalarFirst: false));

    private static Value ScalarFirst(ElementwiseOperation operation, double scalar, Value x) =>
        Graph.Recording.Add(new ScalarNode(operation, x, scalar, isScalarFirst: true));

    private static Value Unary(UnaryOperation operation, Value x) => Graph.Recording.Add(new UnaryNode(operation, x));
}
