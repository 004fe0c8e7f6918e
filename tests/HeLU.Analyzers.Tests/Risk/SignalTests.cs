extern alias compiler;

using compiler::Helu.Analyzers.Risk;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>
/// The expected share of dead units against what was measured with TorchSharp 0.107: networks of one width on 1,024 inputs of N(0, 1), 6 to 200 seeds,
/// units that never fire counted in each hidden layer.
/// </summary>
public class SignalTests
{
    private const double Default = 1.0 / 3;

    private const double Kaiming = 2;

    [Theory]
    [InlineData(64, 2, 0.001)]
    [InlineData(64, 3, 0.018)]
    [InlineData(64, 4, 0.175)]
    [InlineData(64, 5, 0.369)]
    [InlineData(64, 8, 0.503)]
    [InlineData(64, 15, 0.520)]
    [InlineData(8, 4, 0.369)]
    [InlineData(16, 4, 0.332)]
    [InlineData(16, 5, 0.436)]
    [InlineData(256, 4, 0.052)]
    [InlineData(256, 5, 0.255)]
    [InlineData(256, 6, 0.416)]
    [InlineData(512, 6, 0.368)]
    public void Torch_s_default_initialisation_kills_half_of_the_units_of_deep_layers(int width, int layer, double measured) =>
        Assert.Equal(measured, DeadShare(Default, width, 0, 1.0 / (3 * width), layer), 0.06);

    [Theory]
    [InlineData(64, 5, 0.027)]
    [InlineData(64, 10, 0.119)]
    [InlineData(64, 15, 0.200)]
    [InlineData(256, 15, 0.170)]
    [InlineData(512, 20, 0.199)]
    public void Kaiming_with_zero_bias_kills_far_fewer(int width, int layer, double measured) =>
        Assert.Equal(measured, DeadShare(Kaiming, width, 0, 0, layer), 0.06);

    [Theory]
    [InlineData(Default, 64, -0.1, 3, 0.102)]
    [InlineData(Default, 64, -0.1, 4, 0.998)]
    [InlineData(Default, 64, -0.3, 2, 0.046)]
    [InlineData(Default, 64, -0.5, 2, 0.924)]
    [InlineData(Default, 64, -1, 1, 0)]
    [InlineData(Default, 64, -1.5, 1, 0.028)]
    [InlineData(Default, 64, -3, 1, 0.999)]
    [InlineData(Default, 64, -2, 1, 0.743)]
    [InlineData(Kaiming, 64, -0.1, 6, 0.029)]
    [InlineData(Kaiming, 64, -0.5, 4, 0.026)]
    [InlineData(Kaiming, 64, -1, 2, 0)]
    [InlineData(Kaiming, 64, -1, 4, 0.991)]
    [InlineData(Kaiming, 64, -2, 2, 0.946)]
    [InlineData(Kaiming, 256, -0.3, 6, 0.031)]
    public void A_negative_bias_kills_from_some_layer_on(double gain, int width, double bias, int layer, double measured) =>
        Assert.Equal(measured, DeadShare(gain, width, bias, 0, layer), 0.1);

    [Fact]
    public void A_unit_of_HeLU_is_dead_below_minus_alpha_only() =>
        Assert.True(Signal.Standard.Weighted(Default, 64, -2, 0).DeadShare(-0.5) < Signal.Standard.Weighted(Default, 64, -2, 0).DeadShare());

    /// <summary>The mean of max(0, z) of a standard normal z is 1/sqrt(2 pi), its mean square 1/2.</summary>
    [Fact]
    public void A_ReLU_of_standard_inputs_gives_the_moments_of_a_rectified_normal()
    {
        Signal signal = Signal.Standard.Weighted(1, 64, 0, 0).Rectified(null);

        Assert.Equal(1 / (2 * Math.PI), signal.MeanSquare, 6);
        Assert.Equal(0.5 - (1 / (2 * Math.PI)), signal.Variance, 6);
    }

    private static double DeadShare(double gain, int width, double bias, double biasVariance, int layer)
    {
        Signal signal = Signal.Standard;
        for (int i = 1; i < layer; i++)
            signal = signal.Weighted(gain, width, bias, biasVariance).Rectified(width);
        return signal.Weighted(gain, width, bias, biasVariance).DeadShare();
    }
}
