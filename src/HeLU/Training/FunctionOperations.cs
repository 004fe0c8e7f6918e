using Helu.Inference;
using Helu.Inference.Graphs.Nodes.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Helu.Training;

/// <summary>Functions of each element, as the operations of libtorch that TorchSharp's spellings of them call.</summary>
internal static class FunctionOperations
{
    public static Func<Tensor, Tensor> Of(FunctionNode node)
    {
        (double alpha, double beta) = (node.Alpha, node.Beta);
        if (node is { IsInPlace: true, Function: ActivationFunction.ELU or ActivationFunction.SELU or ActivationFunction.CELU })
            throw new NotSupportedException($"{node.Function} in place has no fused training; use the operation that returns a new tensor.");
        return node.Function switch
        {
            ActivationFunction.ReLU => x => x.relu(),
            ActivationFunction.LeakyReLU => x => F.leaky_relu(x, alpha),
            ActivationFunction.ELU => x => F.elu(x, alpha),
            ActivationFunction.SELU => x => x.selu(),
            ActivationFunction.CELU => x => F.celu(x, alpha),
            ActivationFunction.GELU => x => x.gelu(),
            ActivationFunction.GELUTanh => x => F.gelu(x, GELU.Approximate.tanh),
            ActivationFunction.SiLU => x => x.silu(),
            ActivationFunction.Mish => x => F.mish(x),
            ActivationFunction.Sigmoid => x => x.sigmoid(),
            ActivationFunction.Tanh => x => x.tanh(),
            ActivationFunction.Softplus => x => F.softplus(x, alpha, beta),
            ActivationFunction.ReLU6 => x => x.relu6(),
            ActivationFunction.Hardtanh => Clamp(alpha, beta),
            ActivationFunction.Hardsigmoid => x => x.hardsigmoid(),
            ActivationFunction.Hardswish => x => x.hardswish(),
            _ => throw new NotSupportedException($"{node.Function} has no fused training; train this model without ToTraining()."),
        };
    }

    public static Func<Tensor, Tensor> Of(TensorCallNode node) => node.Call switch
    {
        TensorCall.Negate => x => x.neg(),
        TensorCall.Square => x => x.square(),
        TensorCall.Detach => x => x.detach(),
        TensorCall.Contiguous => x => x.contiguous(),
        _ => throw new NotSupportedException($"{node.Call} has no fused training; train this model without ToTraining()."),
    };

    public static Func<Tensor, Tensor> Of(DropoutNode node)
    {
        double p = node.Probability;
        return node.Function switch
        {
            "dropout" => x => F.dropout(x, p, training: true),
            "dropout1d" => x => F.dropout1d(x, p, training: true),
            "dropout2d" => x => F.dropout2d(x, p, training: true),
            "dropout3d" => x => F.dropout3d(x, p, training: true),
            "alpha_dropout" => x => F.alpha_dropout(x, p, training: true),
            "feature_alpha_dropout" => x => F.feature_alpha_dropout(x, p, training: true),
            _ => throw new NotSupportedException($"{node.Function} has no fused training; use a Dropout module, or train this model without ToTraining()."),
        };
    }

    /// <summary>An infinite bound is none.</summary>
    private static Func<Tensor, Tensor> Clamp(double min, double max)
    {
        Scalar? low = double.IsNegativeInfinity(min) ? null : min, high = double.IsPositiveInfinity(max) ? null : max;
        return x => x.clamp(low, high);
    }
}
