using Dying.Measuring;
using Dying.Situations;
using Dying.Training;
using Helu;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dying.Tests;

public sealed class UnitCountTests
{
    [Fact]
    public void A_unit_is_dead_when_no_input_takes_it_above_zero_and_near_when_one_takes_it_close()
    {
        // Pre-activations for x = -1 and x = 2: {-1, 2}, {-3, 0}, {-.04, -.04}, {-1, -1}.
        using Network network = OneLayer([1, 1, 0, 0], [0, -2, -0.04f, -1]);
        Assert.Equal(new NetworkState(Units: 4, Dead: 3, Near: 2, Silent: false), Count(network, reach: 0.05));
    }

    [Fact]
    public void Reach_is_strict()
    {
        using Network network = OneLayer([1, 1, 1, 0], [0, 0, 0, -0.5f]);
        Assert.Equal(0, Count(network, reach: 0.5).Near);
        Assert.Equal(1, Count(network, reach: 0.75).Near);
    }

    [Fact]
    public void A_layer_that_gives_0_for_every_input_makes_the_output_a_constant()
    {
        using Network network = OneLayer([0, 0, 0, 0], [-1, -1, -1, 0]);
        Assert.Equal(new NetworkState(Units: 4, Dead: 4, Near: 1, Silent: true), Count(network, reach: 0.05));
    }

    [Fact]
    public void A_layer_of_dead_LeakyReLU_units_still_passes_a_signal()
    {
        using IDisposable leaky = Activation.Override(Kind.LeakyReLU, 0.01);
        using Network network = OneLayer([1, 1, 1, 1], [-3, -3, -3, -3]);
        Assert.Equal(new NetworkState(Units: 4, Dead: 4, Near: 0, Silent: false), Count(network, reach: 0.05));
    }

    [Fact]
    public void A_unit_without_a_number_is_dead()
    {
        using Network network = OneLayer([float.NaN, 1, 1, 1], [0, 0, 0, 0]);
        Assert.Equal(new NetworkState(Units: 4, Dead: 1, Near: 0, Silent: false), Count(network, reach: 0.05));
    }

    [Fact]
    public void The_output_counts_where_it_goes_through_a_ReLU()
    {
        using var network = new Network(OutputReLU.Situation.Setup);
        using Tensor inputs = zeros(2, 32);
        Assert.Equal((4 * 64) + 1, UnitCount.Of(network, inputs, reach: 0.05).Units);
    }

    private static NetworkState Count(Network network, double reach)
    {
        using Tensor inputs = tensor(new float[] { -1, 2 }, [2, 1]);
        return UnitCount.Of(network, inputs, reach);
    }

    private static Network OneLayer(float[] weight, float[] bias)
    {
        var network = new Network(new Setup { Task = new AbsoluteValue(), HiddenLayers = 1, Width = weight.Length, LearningRate = 0.1 });
        using var off = no_grad();
        Linear hidden = network.Parts.Select(part => part.Module).OfType<Linear>().First();
        using Tensor weights = tensor(weight, [weight.Length, 1]), biases = tensor(bias);
        hidden.weight.copy_(weights);
        hidden.bias!.copy_(biases);
        return network;
    }
}
