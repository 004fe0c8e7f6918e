using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Kernels;
using Helu.Inference.Tracing;
using Helu.Onnx.Schema;

namespace Helu.Onnx.Operations;

/// <summary>Arithmetic, and what is worked out over a dimension.</summary>
internal static class ElementOperations
{
    public static string Binary(GraphWriter onnx, BinaryNode node) => onnx.Add(Name(node.Operation), node.Inputs.Select(onnx.NameOf));

    public static string Scalar(GraphWriter onnx, ScalarNode node)
    {
        string x = onnx.NameOf(node.Inputs[0]), scalar = onnx.Scalar((float)node.Scalar);
        return onnx.Add(Name(node.Operation), node.IsScalarFirst ? [scalar, x] : [x, scalar]);
    }

    public static string Unary(GraphWriter onnx, UnaryNode node)
    {
        string x = onnx.NameOf(node.Inputs[0]);
        return node.Operation == UnaryOperation.Square ? onnx.Add("Mul", [x, x]) : onnx.Add(node.Operation.ToString(), [x]);
    }

    public static string Softmax(GraphWriter onnx, SoftmaxNode node) =>
        onnx.Add(node.IsLog ? "LogSoftmax" : "Softmax", [onnx.NameOf(node.Inputs[0])], Attributes.Int("axis", node.Dimension));

    public static string Reduce(GraphWriter onnx, ReduceNode node)
    {
        string x = onnx.NameOf(node.Inputs[0]);
        long[] axes = [.. Enumerable.Range(0, node.Mask.Length).Where(dim => node.Mask[dim]).Select(dim => (long)dim)];
        AttributeProto keep = Attributes.Bool("keepdims", node.KeepDimensions);
        // Without axes the operations would reduce all; a tensor without dimensions has none.
        return axes.Length == 0 ? x : onnx.Add(node.IsMean ? "ReduceMean" : "ReduceSum", [x, onnx.Integers(axes)], keep);
    }

    private static string Name(ElementwiseOperation operation) => operation switch
    {
        ElementwiseOperation.Maximum => "Max",
        ElementwiseOperation.Minimum => "Min",
        _ => operation.ToString(),
    };
}
