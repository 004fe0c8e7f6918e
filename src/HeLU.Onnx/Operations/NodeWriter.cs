using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Onnx.Batches;

namespace Helu.Onnx.Operations;

/// <summary>Which operations of ONNX a node is (https://onnx.ai/onnx/operators). Each method returns the name of the result.</summary>
internal static class NodeWriter
{
    public static string Write(GraphWriter onnx, Node node) => node switch
    {
        LinearNode linear => LayerOperations.Linear(onnx, linear),
        ConvNode conv => LayerOperations.Conv(onnx, conv),
        ConvTransposeNode conv => LayerOperations.ConvTranspose(onnx, conv),
        EmbeddingNode embedding => LayerOperations.Embedding(onnx, embedding),
        BatchNormNode norm => NormOperations.BatchNorm(onnx, norm),
        LayerNormNode norm => NormOperations.LayerNorm(onnx, norm),
        GroupNormNode norm => NormOperations.GroupNorm(onnx, norm),
        ActivationNode activation => ActivationOperations.Write(onnx, onnx.NameOf(activation.Inputs[0]), activation.Activation),
        PReluNode prelu => ActivationOperations.PRelu(onnx, prelu),
        SoftmaxNode softmax => ElementOperations.Softmax(onnx, softmax),
        BinaryNode binary => ElementOperations.Binary(onnx, binary),
        ScalarNode scalar => ElementOperations.Scalar(onnx, scalar),
        UnaryNode unary => ElementOperations.Unary(onnx, unary),
        ReduceNode reduce => ElementOperations.Reduce(onnx, reduce),
        ReshapeNode reshape => ShapeOperations.Reshape(onnx, reshape),
        PermuteNode permute => ShapeOperations.Permute(onnx, permute),
        ConcatNode concat => ShapeOperations.Concat(onnx, concat),
        NarrowNode narrow => ShapeOperations.Narrow(onnx, narrow),
        PadNode pad => ShapeOperations.Pad(onnx, pad),
        CloneNode clone => onnx.NameOf(clone.Inputs[0]),
        ConstantNode constant => onnx.Weight(constant.Weight),
        PoolNode pool => PoolOperations.Pool(onnx, pool),
        AdaptivePoolNode pool => PoolOperations.Adaptive(onnx, pool),
        UpsampleNode upsample => PoolOperations.Upsample(onnx, upsample),
        _ => throw new NotSupportedException($"{NodeText.Place(node)} can't be exported to ONNX."),
    };
}
