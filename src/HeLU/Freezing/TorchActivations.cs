using Helu.Inference;
using Helu.Runtime;
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
        (ActivationFunction function, float p0, float p1, float p2) = epilogue;
        return function switch
        {
            ActivationFunction.None => null,
            ActivationFunction.ReLU => x => x.relu_(),
            ActivationFunction.LeakyReLU => x => x.leaky_relu_(p0),
            ActivationFunction.SiLU when p0 == 1 => x => x.silu_(),
            ActivationFunction.Sigmoid => x => x.sigmoid_(),
            ActivationFunction.Tanh => x => x.tanh_(),
            ActivationFunction.ReLU6 => x => Clamp(x, 0, 6),
            ActivationFunction.Hardtanh => x => Clamp(x, p0, p1),
            // The rest have no in-place form in TorchSharp that can be relied on: the result is copied over.
            ActivationFunction.ELU => Copying(x => F.elu(x, p0)),
            ActivationFunction.SELU => Copying(x => F.selu(x)),
            ActivationFunction.CELU => Copying(x => F.celu(x, p0)),
            ActivationFunction.GELU => Copying(x => F.gelu(x)),
            ActivationFunction.GELUTanh => Copying(x => F.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh)),
            ActivationFunction.Mish => Copying(x => F.mish(x)),
            ActivationFunction.Softplus => Copying(x => F.softplus(x, p0, p1)),
            ActivationFunction.Hardsigmoid => Copying(x => F.hardsigmoid(x)),
            ActivationFunction.Hardswish => Copying(x => F.hardswish(x)),
            ActivationFunction.SiLU => Copying(new ActivationSpec(Kind.SiLU, p0)),
            ActivationFunction.SquaredReLU => Copying(new ActivationSpec(Kind.SquaredReLU)),
            ActivationFunction.SmeLU => Copying(new ActivationSpec(Kind.SmeLU, p0)),
            ActivationFunction.GoLU => Copying(new ActivationSpec(Kind.GoLU)),
            ActivationFunction.SAU => Copying(new ActivationSpec(Kind.SAU, p0, p1)),
            ActivationFunction.Quadratic => Copying(new ActivationSpec(Kind.Quadratic, p0, p1, p2)),
            _ => throw new NotSupportedException($"{function} has no form on libtorch."),
        };
    }

    private static Action<Tensor> Copying(ActivationSpec spec) => Copying(x => spec.Apply(x));

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
