using Helu.Inference.Tracing;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Frozen = Helu.Inference.Tracing.Structure;

namespace Helu.Freezing;

/// <summary>
/// The hyperparameters of activations. Hardtanh is left out: TorchSharp 0.107's returns its input as it is, so that no frozen form could agree both with it and with its name.
/// </summary>
internal static class ActivationModules
{
    public static ModuleNode? Structure(nn.Module module) => module switch
    {
        ReLU m => Relu(m),
        Modules.HeLU m => Frozen.HeLU(m.alpha, m.inplace),
        Modules.StraightThrough m => Frozen.StraightThrough(m.inplace),
        Modules.LeakyBackward m => Frozen.LeakyBackward(m.slope, m.inplace),
        Modules.ClippedStraightThrough m => Frozen.ClippedStraightThrough(m.clip, m.inplace),
        Modules.SUGAR m => Frozen.SUGAR(m.alpha, m.inplace),
        GELU m => Frozen.GELU(m.approximate == GELU.Approximate.tanh, m.inplace),
        SiLU m => Frozen.SiLU(m.inplace),
        Modules.Swish m => Frozen.Swish(m.beta, m.inplace),
        LeakyReLU m => Frozen.LeakyReLU(m.negative_slope, m.inplace),
        PReLU m => Frozen.PReLU(m.num_parameters),
        ELU m => Frozen.ELU(m.alpha, m.inplace),
        SELU m => Frozen.SELU(m.inplace),
        CELU m => Frozen.CELU(m.alpha, m.inplace),
        Mish m => Frozen.Mish(m.inplace),
        Sigmoid m => Frozen.Sigmoid(m.inplace),
        Tanh m => Frozen.Tanh(m.inplace),
        Softplus m => Frozen.Softplus(m.beta, m.threshold),
        ReLU6 m => Frozen.ReLU6(m.inplace),
        Hardsigmoid m => Frozen.Hardsigmoid(m.inplace),
        Hardswish m => Frozen.Hardswish(m.inplace),
        Modules.SquaredReLU m => Frozen.SquaredReLU(m.inplace),
        Modules.SmeLU m => Frozen.SmeLU(m.beta, m.inplace),
        Modules.GoLU m => Frozen.GoLU(m.inplace),
        Modules.SAU m => Frozen.SAU(m.slope, m.sigma, m.inplace),
        Modules.Quadratic m => Frozen.Quadratic(m.a, m.b, m.c, m.inplace),
        Softmax m => Frozen.Softmax(m.dim),
        LogSoftmax m => Frozen.LogSoftmax(m.dim),
        _ => null,
    };

    /// <summary>A ReLU that was made in code annotated with PReLU has a slope to learn.</summary>
    private static ModuleNode Relu(ReLU module)
    {
        ModuleNode node = Frozen.ReLU(module.inplace);
        if (module.named_parameters(recurse: false).Any())
            node.Attributes["num_parameters"] = 1L;
        return node;
    }
}
