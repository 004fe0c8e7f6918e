using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>The modules whose activation can overwrite its input without another copy of it.</summary>
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
            _ => null,
        };
        return spec is not null && !Hooks.Any((nn.Module<Tensor, Tensor>)module) ? spec : null;
    }
}
