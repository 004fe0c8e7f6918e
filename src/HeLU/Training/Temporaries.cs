using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Kernels;
using Helu.Inference.Tracing;

namespace Helu.Training;

/// <summary>Tells which values of a recorded forward may be overwritten by the one node that reads them.</summary>
/// <remarks>
/// A value is such a temporary where its producer makes a tensor of its own, not a view, and autograd does not save that tensor for the gradient: PyTorch's
/// derivatives of linear, convolution, the normalisations, pooling and the arithmetic below need inputs and statistics, not the output (tools/autograd/derivatives.yaml).
/// </remarks>
internal sealed class Temporaries(Graph graph)
{
    private readonly Dictionary<Value, int> _uses = graph.CountUses();

    /// <summary>Whether only one node reads <paramref name="value"/>, and may write into it.</summary>
    public bool Contain(Value value) => value.Producer is { } producer && IsFresh(producer) && _uses[value] == 1;

    private static bool IsFresh(Node node) => node switch
    {
        ModuleCallNode call => IsFresh(call),
        BinaryNode { Operation: ElementwiseOperation.Add or ElementwiseOperation.Sub or ElementwiseOperation.Mul or ElementwiseOperation.Div } => true,
        ScalarNode => true,
        // TorchSharp's cat of one tensor is an alias of it.
        ConcatNode => node.Inputs.Length > 1,
        PoolNode or AdaptivePoolNode => IsOfPlanes(node.Output),
        _ => false,
    };

    private static bool IsFresh(ModuleCallNode call) => call.Module.Type switch
    {
        // Of more dimensions it is a view of a product of two.
        "Linear" => call.Output.dim == 2,
        "Conv1d" or "Conv2d" or "ConvTranspose1d" or "ConvTranspose2d" or "BatchNorm1d" or "BatchNorm2d" or "LayerNorm" or "GroupNorm" => true,
        "MaxPool2d" or "AvgPool2d" or "AdaptiveAvgPool2d" or "AdaptiveMaxPool2d" => true,
        _ => false,
    };

    /// <summary>Pooling along one dimension is a view of pooling along two.</summary>
    private static bool IsOfPlanes(Value value) => value.dim == 4;
}
