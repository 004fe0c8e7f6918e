using Dying.Situations;
using Dying.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dying.Tests;

public sealed class InitialWeightsTests
{
    private const int Width = 256;

    private static readonly Setup s_setup = MomentumRate.Situation.Setup with { Width = Width };

    [Theory]
    [InlineData(false, 1.0 / (3 * Width))] // uniform within 1/sqrt(fan_in)
    [InlineData(true, 2.0 / Width)] // He et al., arXiv 1502.01852
    public void Weights_have_the_variance_of_their_initialisation(bool kaiming, double variance)
    {
        using Linear layer = Second(s_setup with { Initialisation = kaiming ? Initialisation.Kaiming : Initialisation.Default });
        double[] weights = Values(layer.weight);
        Assert.InRange(weights.Average(weight => weight * weight), 0.97 * variance, 1.03 * variance);
        Assert.InRange(weights.Max(Math.Abs), 0.99 * Math.Sqrt(3 * variance), (1 + 1e-6) * Math.Sqrt(3 * variance));
    }

    [Fact]
    public void Biases_are_0_with_Kaiming_and_uniform_by_default()
    {
        using Linear byDefault = Second(s_setup), kaiming = Second(s_setup with { Initialisation = Initialisation.Kaiming });
        Assert.All(Values(kaiming.bias!), bias => Assert.Equal(0, bias));
        Assert.InRange(Values(byDefault.bias!).Average(bias => bias * bias), 0.7 / (3 * Width), 1.3 / (3 * Width));
    }

    [Fact]
    public void A_hidden_bias_fills_hidden_layers_alone()
    {
        using Network network = Filled(s_setup with { HiddenBias = -1 }, seed: 1);
        Linear[] layers = [.. network.Parts.Select(part => part.Module).OfType<Linear>()];
        Assert.All(layers[..^1], layer => Assert.All(Values(layer.bias!), bias => Assert.Equal(-1, bias)));
        Assert.NotEqual(-1, Values(layers[^1].bias!).Single());
    }

    [Fact]
    public void A_seed_gives_the_same_weights_whatever_TorchSharps_own_generator_did()
    {
        using Network first = Filled(s_setup, seed: 3);
        rand(7).Dispose();
        using Network second = Filled(s_setup with { BatchNorm = true }, seed: 3), other = Filled(s_setup, seed: 4);
        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(other));
    }

    private static Linear Second(Setup setup) => Filled(setup, seed: 1).Parts.Select(part => part.Module).OfType<Linear>().ElementAt(1);

    private static Network Filled(Setup setup, ulong seed)
    {
        using var generator = new Generator(seed);
        var network = new Network(setup);
        InitialWeights.Fill(network, setup, generator);
        return network;
    }

    private static double[][] Weights(Network network) => [.. network.Parts.Select(part => part.Module).OfType<Linear>().Select(layer => Values(layer.weight))];

    private static double[] Values(Tensor tensor) => [.. tensor.data<float>().Select(value => (double)value)];
}
