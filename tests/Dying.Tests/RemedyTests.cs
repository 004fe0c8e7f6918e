using Dying.Remedies;
using Dying.Situations;
using Dying.Training;
using Helu;

namespace Dying.Tests;

public sealed class RemedyTests
{
    private static readonly Setup s_setup = MomentumRate.Situation.Setup;

    [Fact]
    public void The_baseline_changes_nothing() => Assert.Equal(s_setup, RemedyCatalog.Baseline.Apply(s_setup));

    [Theory]
    [InlineData("HeLU-0.001", Kind.HeLU, 0.001)]
    [InlineData("HeLU-0.01", Kind.HeLU, 0.01)]
    [InlineData("HeLU-0.05", Kind.HeLU, 0.05)]
    [InlineData("HeLU-0.5", Kind.HeLU, 0.5)]
    [InlineData("HeLU-1", Kind.HeLU, 1)]
    [InlineData("LeakyReLU-0.01", Kind.LeakyReLU, 0.01)]
    public void A_swap_changes_the_activation_alone(string name, Kind kind, double alpha) =>
        Assert.Equal(s_setup with { Activation = new(kind, alpha) }, Common(name).Apply(s_setup));

    [Fact]
    public void Kaiming_changes_the_initialisation_alone() =>
        Assert.Equal(s_setup with { Initialisation = Initialisation.Kaiming }, Common("Kaiming").Apply(s_setup));

    [Fact]
    public void BatchNorm_adds_the_normalisation_alone() => Assert.Equal(s_setup with { BatchNorm = true }, Common("BatchNorm").Apply(s_setup));

    [Fact]
    public void A_lower_rate_is_a_tenth_and_changes_nothing_else() => Assert.Equal(s_setup with { LearningRate = 0.02 }, Common("lr/10").Apply(s_setup));

    [Fact]
    public void Cures_take_the_cause_away_alone()
    {
        Assert.Equal(DeepNarrow.Situation.Setup with { Width = 7 }, Cured(DeepNarrow.Situation));
        Assert.Equal(NegativeBias.Situation.Setup with { HiddenBias = 0 }, Cured(NegativeBias.Situation));
        Assert.Equal(OutputReLU.Situation.Setup with { OutputReLU = false }, Cured(OutputReLU.Situation));
    }

    [Fact]
    public void A_remedy_that_changes_nothing_is_not_tried() =>
        Assert.DoesNotContain(DeepNarrow.Situation.Remedies, remedy => remedy.Name == "Kaiming"); // The situation starts from it.

    private static Remedy Common(string name) => RemedyCatalog.Common.Single(remedy => remedy.Name == name);

    private static Setup Cured(Situation situation) => situation.Cure!.Apply(situation.Setup);
}
