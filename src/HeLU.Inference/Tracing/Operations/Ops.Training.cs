using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes.Training;

namespace Helu.Inference.Tracing;

public static partial class Ops
{
    /// <summary>A dropout of <c>torch.nn.functional</c> in training.</summary>
    public static Value dropout(Value x, string function, double p) => Graph.Recording.Add(new DropoutNode(function, p, x));

    /// <summary>x without its gradient.</summary>
    public static Value detach(Value x) => Call(TensorCall.Detach, x);

    /// <summary>x, row-major in memory.</summary>
    public static Value contiguous(Value x) => Call(TensorCall.Contiguous, x);

    /// <summary>What an activation in place does to a gradient is not always what it does out of place.</summary>
    private static void MarkInPlace(Value value)
    {
        if (value.Producer is ActivationCallNode call)
            call.IsInPlace = true;
        else if (value.Producer is FunctionNode function)
            function.IsInPlace = true;
    }

    private static bool IsTraining => Graph.Recording.Settings.IsTraining;

    private static Value Call(TensorCall call, Value x) => Graph.Recording.Add(new TensorCallNode(call, x));
}
