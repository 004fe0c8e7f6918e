using Helu.Activations;
using Helu.Inference;
using Helu.Runtime;
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
            ActivationFunction.LeakyReLU => Of(new(Kind.LeakyReLU, p0)),
            ActivationFunction.ELU => Of(new(Kind.ELU, p0)),
            ActivationFunction.SELU => Of(new(Kind.SELU)),
            ActivationFunction.CELU => Of(new(Kind.CELU, p0)),
            ActivationFunction.GELU => Of(new(Kind.GELU)),
            ActivationFunction.GELUTanh => Of(new(Kind.GELUTanh)),
            ActivationFunction.SiLU => Of(new(Kind.SiLU, p0)),
            ActivationFunction.Mish => Of(new(Kind.Mish)),
            ActivationFunction.Softplus => Of(new(Kind.Softplus, p0, p1)),
            ActivationFunction.Hardswish => Of(new(Kind.Hardswish)),
            ActivationFunction.ReLU6 => Of(new(Kind.ReLU6)),
            ActivationFunction.SquaredReLU => Of(new(Kind.SquaredReLU)),
            ActivationFunction.SmeLU => Of(new(Kind.SmeLU, p0)),
            ActivationFunction.GoLU => Of(new(Kind.GoLU)),
            ActivationFunction.SAU => Of(new(Kind.SAU, p0, p1)),
            ActivationFunction.Quadratic => Of(new(Kind.Quadratic, p0, p1, p2)),
            ActivationFunction.Sigmoid => x => x.sigmoid_(),
            ActivationFunction.Tanh => x => x.tanh_(),
            ActivationFunction.Hardtanh => x => x.clamp_(Scalars.Of(p0), Scalars.Of(p1)),
            // Its in-place form in TorchSharp can't be relied on: the result is copied over.
            ActivationFunction.Hardsigmoid => Hardsigmoid,
            _ => throw new NotSupportedException($"{function} has no form on libtorch."),
        };
    }

    private static Action<Tensor> Of(ActivationSpec spec) => x => spec.ApplyInPlace(x);

    private static void Hardsigmoid(Tensor x)
    {
        using Tensor y = F.hardsigmoid(x);
        x.copy_(y);
    }
}
