using Helu.Inference;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Kernels;
using Helu.Inference.Tracing;

namespace Helu.Benchmarks.Onnx;

/// <summary>Which ONNX operation a node is (https://onnx.ai/onnx/operators).</summary>
internal static class OnnxOperations
{
    public static void Write(OnnxWriter onnx, Node node)
    {
        switch (node)
        {
            case LinearNode linear when linear.Inputs[0].dim == 2:
                onnx.AddNode(linear, "Gemm", Weighted(onnx, linear), Int("transB", 1));
                break;
            case ConvNode conv:
                onnx.AddNode(conv, "Conv", Weighted(onnx, conv), Convolution(conv.Module));
                break;
            case ActivationNode { Activation.Function: ActivationFunction.ReLU }:
                onnx.AddNode(node, "Relu", Inputs(onnx, node));
                break;
            case PoolNode { Kind: PoolKind.Max } pool:
                onnx.AddNode(pool, "MaxPool", Inputs(onnx, pool), [.. Window(pool.Window), Ints("dilations", pool.Window.Dilation)]);
                break;
            case PoolNode { Kind: PoolKind.Average, Divisor: 0 } pool:
                onnx.AddNode(pool, "AveragePool", Inputs(onnx, pool), [.. Window(pool.Window), Int("count_include_pad", pool.CountIncludePad ? 1 : 0)]);
                break;
            case AdaptivePoolNode pool when pool.Output.shape[2..].All(size => size == 1):
                onnx.AddNode(pool, pool.IsMax ? "GlobalMaxPool" : "GlobalAveragePool", Inputs(onnx, pool));
                break;
            case ReduceNode { IsMean: true } mean:
                onnx.AddNode(mean, "ReduceMean", Inputs(onnx, mean), Ints("axes", [.. Axes(mean.Mask)]), Int("keepdims", mean.KeepDimensions ? 1 : 0));
                break;
            case BinaryNode { Operation: ElementwiseOperation.Add }:
                onnx.AddNode(node, "Add", Inputs(onnx, node));
                break;
            case ReshapeNode:
                onnx.AddNode(node, "Reshape", [.. Inputs(onnx, node), onnx.Shape(node.Output.shape)]);
                break;
            default:
                throw new NotSupportedException($"{node.GetType().Name} of {Shapes.Text(node.Output.shape)} is not written to ONNX; add it to {nameof(OnnxOperations)}.");
        }
    }

    private static string[] Inputs(OnnxWriter onnx, Node node) => [.. node.Inputs.Select(onnx.NameOf)];

    /// <summary>The input, the weight and, where there is one, the bias.</summary>
    private static string[] Weighted(OnnxWriter onnx, WeightedNode node)
    {
        string[] inputs = [.. Inputs(onnx, node), onnx.Weight(node.Module, "weight")];
        return node.Module.Weights.ContainsKey("bias") ? [.. inputs, onnx.Weight(node.Module, "bias")] : inputs;
    }

    private static AttributeProto[] Convolution(ModuleNode module) =>
    [
        Ints("kernel_shape", module.Attribute<long[]>("kernel_size")),
        Ints("strides", module.Attribute<long[]>("stride")),
        Pads(module.Attribute<long[]>("padding")),
        Ints("dilations", module.Attribute<long[]>("dilation")),
        Int("group", module.Attribute<long>("groups")),
    ];

    private static AttributeProto[] Window(PoolWindow window) =>
    [
        Ints("kernel_shape", window.Kernel), Ints("strides", window.Stride), Pads(window.Padding), Int("ceil_mode", window.CeilMode ? 1 : 0),
    ];

    private static IEnumerable<long> Axes(bool[] mask) => mask.Select((isReduced, axis) => (isReduced, axis)).Where(dim => dim.isReduced).Select(dim => (long)dim.axis);

    /// <summary>All begins, then all ends.</summary>
    private static AttributeProto Pads(long[] padding) => Ints("pads", [.. padding, .. padding]);

    private static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Ints(string name, long[] values) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };
}
