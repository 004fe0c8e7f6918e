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

    /// <summary>An activation does overwrite the caller's tensor in a replay; other operations are replayed out of place.</summary>
    private static void RefuseOnInput(Value target, Value value)
    {
        if (value.Producer is not (ActivationCallNode or ModuleCallNode) && Graph.Recording.Inputs.Any(input => input.SharesMemory(target)))
        {
            throw new NotSupportedException(
                "forward overwrites its own input by an operation in place, which its caller sees; fused training does not. Use the operation's form without the underscore, or train this model without ToTraining().");
        }
    }

    /// <summary>What an activation in place does to a gradient is not always what it does out of place.</summary>
    private static void MarkInPlace(Value value)
    {
        if (value.Producer is ActivationCallNode call)
            call.IsInPlace = true;
    }

    private static bool IsTraining => Graph.Recording.Settings.IsTraining;

    private static Value Call(TensorCall call, Value x) => Graph.Recording.Add(new TensorCallNode(call, x));
}
