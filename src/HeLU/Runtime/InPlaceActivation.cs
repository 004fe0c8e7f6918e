using TorchSharp.Modules;
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
        ActivationSpec? spec = module switch
        {
            ReLU => new(Kind.ReLU),
            Modules.HeLU helu => new(Kind.HeLU, helu.alpha),
            LeakyReLU leaky => new(Kind.LeakyReLU, leaky.negative_slope),
            Modules.StraightThrough => new(Kind.StraightThrough),
            ReLU6 => new(Kind.ReLU6),
            _ => null,
        };
        return spec is not null && !Hooks.Any((nn.Module<Tensor, Tensor>)module) ? spec : null;
    }
}
