using System.Runtime.CompilerServices;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;

namespace Helu.Onnx.Batches;

/// <summary>What a node does, as text: to compare nodes of two recordings, and for messages.</summary>
internal static class NodeText
{
    /// <summary>The module that a node runs; null for a function.</summary>
    public static ModuleNode? ModuleOf(Node node) => node switch
    {
        WeightedNode weighted => weighted.Module,
        BatchNormNode norm => norm.Module,
        StatisticsNode norm => norm.Module,
        EmbeddingNode embedding => embedding.Module,
        _ => null,
    };

    /// <summary>Everything about a node but its shapes.</summary>
    public static string Of(Node node)
    {
        if (ModuleOf(node) is { } module)
            return $"'{module.Path}' ({module.Type})";
        string name = node.GetType().Name[..^nameof(Node).Length].ToLowerInvariant();
        return node switch
        {
            ActivationNode { Spec: { } spec } => ActivationMetadata.Text(spec),
            ActivationNode { Activation: var activation } => $"{activation.Function}({activation.P0}, {activation.P1})",
            SoftmaxNode softmax => $"{(softmax.IsLog ? "log_softmax" : "softmax")}({softmax.Dimension})",
            BinaryNode binary => binary.Operation.ToString(),
            ScalarNode scalar => $"{scalar.Operation}({(float)scalar.Scalar}{(scalar.IsScalarFirst ? ", x" : "")})",
            UnaryNode unary => unary.Operation.ToString(),
            PermuteNode permute => $"permute{Shapes.Text(permute.Order)}",
            ConcatNode concat => $"cat({concat.Dimension}, {concat.Inputs.Length} tensors)",
            NarrowNode narrow => $"narrow({narrow.Dimension})",
            PadNode pad => $"pad({pad.Dimension})",
            ReduceNode reduce => $"{(reduce.IsMean ? "mean" : "sum")}({Shapes.Text(reduce.Mask)}, keepdim: {reduce.KeepDimensions})",
            PoolNode pool => $"{pool.Kind} pooling({Text(pool.Window)}, {pool.CountIncludePad}, {pool.Divisor})",
            AdaptivePoolNode pool => $"adaptive {(pool.IsMax ? "max" : "average")} pooling{Shapes.Text(pool.Output.shape[2..])}",
            ConstantNode constant => $"a tensor {Shapes.Text(constant.Weight.Shape)} #{RuntimeHelpers.GetHashCode(constant.Weight)}",
            _ => name,
        };
    }

    /// <summary>Where a node stands in the model: its module, or the function and the last module before it.</summary>
    public static string Place(Node node)
    {
        if (ModuleOf(node) is not null)
            return Of(node);
        for (Node? before = node; before is not null; before = before.Inputs.FirstOrDefault()?.Producer)
        {
            if (ModuleOf(before) is { } module)
                return $"{Of(node)} after '{module.Path}'";
        }
        return Of(node);
    }

    private static string Text(PoolWindow window) =>
        $"{Shapes.Text(window.Kernel)}, {Shapes.Text(window.Stride)}, {Shapes.Text(window.Padding)}, {Shapes.Text(window.Dilation)}, {window.CeilMode}";
}
