using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dying.Training;

/// <summary>
/// Weights from a generator of the run's own. TorchSharp's layers take theirs from the one that all threads share, so that runs side by side would depend on
/// each other. Its <c>init.kaiming_uniform_</c> accepts no other, and <c>init.uniform_</c> of 0.107 accepts one and does not use it; <c>Tensor.uniform_</c> does.
/// </summary>
internal static class InitialWeights
{
    public static void Fill(Network network, Setup setup, Generator generator)
    {
        using var off = no_grad();
        foreach ((string name, Module<Tensor, Tensor> module) in network.Parts)
        {
            if (module is not Linear linear)
                continue;
            Fill(linear, setup.Initialisation, generator);
            if (setup.HiddenBias is { } bias && name.StartsWith("fc", StringComparison.Ordinal))
                init.constant_(linear.bias!, bias);
        }
    }

    private static void Fill(Linear linear, Initialisation initialisation, Generator generator)
    {
        double narrow = 1 / Math.Sqrt(linear.in_features);
        // He et al.: gain sqrt(2) for ReLU, and the bound of a uniform distribution is sqrt(3) standard deviations.
        double bound = initialisation == Initialisation.Kaiming ? Math.Sqrt(6) * narrow : narrow;
        linear.weight.uniform_(-bound, bound, generator);
        if (initialisation == Initialisation.Kaiming)
            init.zeros_(linear.bias!);
        else
            linear.bias!.uniform_(-narrow, narrow, generator);
    }
}
