using Helu.Inference;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Helu.Freezing;

/// <summary>Activations of libtorch that overwrite their input.</summary>
internal static class TorchActivations
{
    /// <summary>Null for no activation.</summary>
    public static Action<Tensor>? InPlace(Epilogue epilogue)
    {
        double alpha = epilogue.Alpha, beta = epilogue.Beta;
        return epilogue.Function switch
        {
            ActivationFunction.None => null,
            ActivationFunction.ReLU => x => x.relu_(),
            ActivationFunction.LeakyReLU => x => x.leaky_relu_(alpha),
            ActivationFunction.SiLU => x => x.silu_(),
            ActivationFunction.Sigmoid => x => x.sigmoid_(),
            ActivationFunction.Tanh => x => x.tanh_(),
            ActivationFunction.ReLU6 => x => Clamp(x, 0, 6),
            ActivationFunction.Hardtanh => x => Clamp(x, alpha, beta),
            // The rest have no in-place form in TorchSharp that can be relied on: the result is copied over.
            ActivationFunction.ELU => Copying(x => F.elu(x, alpha)),
            ActivationFunction.SELU => Copying(x => F.selu(x)),
            ActivationFunction.CELU => Copying(x => F.celu(x, alpha)),
            ActivationFunction.GELU => Copying(x => F.gelu(x)),
            ActivationFunction.GELUTanh => Copying(x => F.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh)),
            ActivationFunction.Mish => Copying(x => F.mish(x)),
            ActivationFunction.Softplus => Copying(x => F.softplus(x, alpha, beta)),
            ActivationFunction.Hardsigmoid => Copying(x => F.hardsigmoid(x)),
            ActivationFunction.Hardswish => Copying(x => F.hardswish(x)),
            _ => throw new NotSupportedException($"{epilogue.Function} has no form on libtorch."),
        };
    }

    private static Action<Tensor> Copying(Func<Tensor, Tensor> activation) => x =>
    {
        using Tensor y = activation(x);
        x.copy_(y);
    };

    private static void Clamp(Tensor x, double from, double to)
    {
        using Scalar min = from;
        using Scalar max = to;
        x.clamp_(min, max);
    }
}
