using Helu.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>
/// Tells which modules return a new tensor that nobody else holds and that their own backward does not need (linear and convolution keep input and weight,
/// batch_norm input and statistics): whoever gets it may overwrite it.
/// </summary>
internal static class FreshOutput
{
    /// <summary>Whether <c>call</c> returns such a tensor: a hook may keep what it is shown, or put another in its place.</summary>
    public static bool OfCall(nn.IModule<Tensor, Tensor> module) => OfForward(module) && !Hooks.Any((nn.Module<Tensor, Tensor>)module);

    /// <summary>Whether <c>forward</c>, which runs no hooks of the module itself, returns such a tensor. A user's own Sequential may do anything.</summary>
    public static bool OfForward(nn.IModule<Tensor, Tensor> module) => module switch
    {
        Linear or Conv1d or Conv2d or Conv3d or ConvTranspose1d or ConvTranspose2d or ConvTranspose3d or BatchNorm1d or BatchNorm2d or BatchNorm3d => true,
        Sequential { Count: > 0 } sequential => IsLibrary(sequential) && OfCall(sequential[sequential.Count - 1]),
        _ => false,
    };

    private static bool IsLibrary(Sequential sequential) => sequential is FusedSequential || sequential.GetType() == typeof(Sequential);
}
