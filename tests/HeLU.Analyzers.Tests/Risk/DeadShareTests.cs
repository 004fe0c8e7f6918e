extern alias compiler;

using compiler::Helu.Analyzers.Risk;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>
/// The expected share of dead units of networks of several widths and of convolutions, against what was measured with TorchSharp 0.107 at initialisation
/// (conv stacks: 3x16x16 images of N(0, 1), 6 to 20 seeds).
/// </summary>
public class DeadShareTests
{
    private const double Default = 1.0 / 3;

    /// <summary>The last layer of a stack of 3x3 convolutions, padded by 1.</summary>
    [Theory]
    [InlineData(8, 3, 0.006)]
    [InlineData(8, 5, 0.225)]
    [InlineData(8, 6, 0.338)]
    [InlineData(16, 4, 0.031)]
    [InlineData(16, 5, 0.203)]
    [InlineData(16, 6, 0.366)]
    [InlineData(16, 10, 0.478)]
    [InlineData(32, 4, 0.006)]
    [InlineData(32, 5, 0.178)]
    [InlineData(32, 8, 0.434)]
    [InlineData(64, 5, 0.089)]
    [InlineData(64, 6, 0.333)]
    [InlineData(64, 12, 0.432)]
    public void Channels_die_a_layer_later_than_units(int channels, int layer, double measured) =>
        Assert.Equal(measured, Convolutions([3, .. Enumerable.Repeat(channels, layer)]).DeadShare(), 0.12);

    /// <summary>Hidden layer 1 to 10 of VGG16 with a quarter of its channels, without BatchNorm.</summary>
    [Theory]
    [InlineData(4, 0.019)]
    [InlineData(5, 0.163)]
    [InlineData(6, 0.278)]
    [InlineData(7, 0.381)]
    [InlineData(8, 0.402)]
    [InlineData(10, 0.378)]
    public void Widths_may_grow(int layer, double measured)
    {
        int[] vgg16 = [3, 16, 16, 32, 32, 64, 64, 64, 128, 128, 128];

        Assert.Equal(measured, Convolutions(vgg16[..(layer + 1)]).DeadShare(), 0.08);
    }

    /// <summary>Measured with a program of 40 lines of plain C#: 32 inputs, 1,024 samples, 40 seeds.</summary>
    [Theory]
    [InlineData(0.385, 256, 256, 8, 256)]
    [InlineData(0.357, 256, 256, 8, 256, 256)]
    [InlineData(0.115, 512, 256, 128, 64)]
    [InlineData(0.389, 512, 256, 128, 64, 32)]
    [InlineData(0.203, 16, 32, 64, 128)]
    [InlineData(0.313, 16, 32, 64, 128, 256)]
    [InlineData(0.387, 64, 64, 4, 64)]
    public void A_narrow_layer_is_felt_behind_it(double measured, params int[] widths) => Assert.Equal(measured, Linears([32, .. widths]).DeadShare(), 0.07);

    [Theory]
    [InlineData(0.080, 2, 64, 64)]
    [InlineData(0.243, 2, 64, 64, 64, 64)]
    [InlineData(0.084, 3, 64, 64, 64)]
    [InlineData(0.376, 8, 64, 64, 64, 64, 64)]
    [InlineData(0.376, 784, 64, 64, 64, 64, 64)]
    public void Few_inputs_leave_little_to_fire_for(double measured, params int[] widths) => Assert.Equal(measured, Linears(widths).DeadShare(), 0.06);

    /// <summary>The project's facts: of the dead units, those that HeLU .05 reaches.</summary>
    [Theory]
    [InlineData(64, 4, 0.59)]
    [InlineData(64, 15, 0.34)]
    [InlineData(256, 4, 0.92)]
    public void HeLU_reaches_the_dead_just_below_zero(int width, int layer, double measured)
    {
        PreActivation input = Linears([.. Enumerable.Repeat(width, layer + 1)]);

        Assert.Equal(measured, 1 - (input.DeadShare(-0.05) / input.DeadShare()), 0.1);
    }

    [Fact]
    public void Normalisation_by_unit_leaves_none_dead() => Assert.Equal(0, Signal.Standard.NormalisedByUnit(1, 0).DeadShare(), 6);

    [Fact]
    public void Normalisation_by_input_keeps_the_share()
    {
        PreActivation before = Linears([64, 64, 64, 64, 64]);

        Assert.Equal(before.DeadShare(), before.Linear().NormalisedByInput(1, 0).DeadShare(), 0.03);
    }

    private static PreActivation Linears(int[] widths)
    {
        Signal signal = Signal.Standard;
        for (int i = 0; i < widths.Length - 2; i++)
            signal = signal.Weighted(Default, widths[i], 0, Default / widths[i]).Rectified(widths[i + 1]);
        return signal.Weighted(Default, widths[^2], 0, Default / widths[^2]);
    }

    private static PreActivation Convolutions(int[] channels)
    {
        Signal signal = Signal.Standard;
        PreActivation input = default;
        for (int i = 0; i < channels.Length - 1; i++)
        {
            double fanIn = 9 * channels[i];
            input = signal.Convolved(Default, fanIn, 0, Default / fanIn, isPadded: true);
            signal = input.Rectified(channels[i + 1]);
        }
        return input;
    }
}
