using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;
using Helu.Onnx.Schema;

namespace Helu.Onnx.Operations;

/// <summary>Layers with weights.</summary>
internal static class LayerOperations
{
    /// <summary>[N, in] as one Gemm; other shapes as MatMul and Add, with the weight transposed in the graph: a runtime does that once.</summary>
    public static string Linear(GraphWriter onnx, LinearNode node)
    {
        if (node.Inputs[0].dim == 2)
            return onnx.Add("Gemm", Inputs(onnx, node), Attributes.Int("transB", 1));
        string transposed = onnx.Add("Transpose", [onnx.Weight(node.Module.Weights["weight"])], Attributes.Ints("perm", 1, 0));
        string product = onnx.Add("MatMul", [onnx.NameOf(node.Inputs[0]), transposed]);
        return node.Module.Weights.TryGetValue("bias", out Weight? bias) ? onnx.Add("Add", [product, onnx.Weight(bias)]) : product;
    }

    public static string Conv(GraphWriter onnx, ConvNode node) => onnx.Add("Conv", Inputs(onnx, node), Convolution(node.Module));

    public static string ConvTranspose(GraphWriter onnx, ConvTransposeNode node) =>
        onnx.Add("ConvTranspose", Inputs(onnx, node), [.. Convolution(node.Module), Attributes.Ints("output_padding", node.Module.Attribute<long[]>("output_padding"))]);

    public static string Embedding(GraphWriter onnx, EmbeddingNode node) =>
        onnx.Add("Gather", [onnx.Weight(node.Module.Weights["weight"]), onnx.NameOf(node.Inputs[0])], Attributes.Int("axis", 0));

    /// <summary>The input, the weight and, where there is one, the bias.</summary>
    private static string[] Inputs(GraphWriter onnx, WeightedNode node)
    {
        string[] inputs = [onnx.NameOf(node.Inputs[0]), onnx.Weight(node.Module.Weights["weight"])];
        return node.Module.Weights.TryGetValue("bias", out Weight? bias) ? [.. inputs, onnx.Weight(bias)] : inputs;
    }

    private static AttributeProto[] Convolution(ModuleNode module)
    {
        long[] padding = module.Attribute<long[]>("padding");
        return
        [
            Attributes.Ints("kernel_shape", module.Attribute<long[]>("kernel_size")),
            Attributes.Ints("strides", module.Attribute<long[]>("stride")),
            Attributes.Ints("pads", [.. padding, .. padding]),
            Attributes.Ints("dilations", module.Attribute<long[]>("dilation")),
            Attributes.Int("group", module.Attribute<long>("groups")),
        ];
    }
}
