using Dying.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dying.Measuring;

/// <summary>Runs a network part by part and looks at what goes into each activation and comes out.</summary>
internal static class UnitCount
{
    /// <param name="inputs">[N, features]</param>
    /// <param name="reach">How far below 0 a dead unit counts as near: HeLU's alpha.</param>
    public static NetworkState Of(Network network, Tensor inputs, double reach)
    {
        using var off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int units = 0, dead = 0, near = 0;
        bool silent = false;
        Tensor x = inputs;
        foreach ((_, Module<Tensor, Tensor> module) in network.Parts)
        {
            bool activation = module is not (TorchSharp.Modules.Linear or TorchSharp.Modules.BatchNorm1d);
            if (activation)
            {
                // Not "<= 0": after a diverged training the values are NaN, and such a unit is no use either.
                float[] highest = [.. x.amax([0]).data<float>()];
                units += highest.Length;
                dead += highest.Count(value => !(value > 0));
                near += highest.Count(value => value <= 0 && value > -reach);
            }
            x = module.call(x);
            silent |= activation && x.count_nonzero().item<long>() == 0;
        }
        return new(units, dead, near, silent);
    }
}
