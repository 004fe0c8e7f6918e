using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>
/// The modules whose activation can overwrite its input at no cost: no copy of it is kept, and the gradient is the same to the last bit. ELU, SELU and CELU are left
/// out for their rounding: in place, libtorch computes their gradient from the output.
/// </summary>
internal static class InPlaceActivation
{
    /// <summary>What <paramref name="module"/> computes; null where it is another module, or has hooks, which are to see its input.</summary>
    public static ActivationSpec? Of(nn.IModule<Tensor, Tensor> module)
    {
        if (module is not nn.Module<Tensor, Tensor> activation || ActivationModuleSpecs.Of(activation) is not { } spec)
            return null;
        bool overwrites = spec.Kind is Kind.ReLU or Kind.HeLU or Kind.LeakyReLU or Kind.StraightThrough or Kind.ReLU6;
        return overwrites && !Hooks.Any(activation) ? spec : null;
    }
}
