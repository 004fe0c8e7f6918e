using Dying.Remedies;
using Dying.Situations;
using Dying.Training;

namespace Dying.Tests;

/// <summary>ReLU units die as often as the sources say.</summary>
public sealed class SituationTests
{
    [Fact]
    public void A_deep_narrow_network_is_mostly_born_dead_and_at_most_as_often_as_the_bound_says()
    {
        // 1 - (1 - 2^-2)^9 = .925 (arXiv 1903.06733); over 100 networks its standard deviation is .026.
        double bound = 1 - Math.Pow(1 - Math.Pow(2, -2), 9);
        Assert.InRange(Born(DeepNarrow.Situation, 100).Average(run => run.Start.Silent ? 1 : 0), 0.75, bound + (3 * 0.026));
    }

    [Fact]
    public void A_network_that_was_born_dead_does_not_learn()
    {
        Run[] dead = [.. Trained(DeepNarrow.Situation, 3).Where(run => run.Start.Silent)];
        Assert.NotEmpty(dead);
        Assert.All(dead, run => Assert.True(run is { Failed: true, End.Silent: true }));
    }

    [Fact]
    public void A_deep_stack_on_default_initialisation_starts_with_a_quarter_of_its_units_dead()
    {
        // HELU1002, 64 wide, hidden layers 1 to 8: 0, 0, 2, 18, 37, 45, about 48, 50 %; 25 % in the mean.
        Assert.InRange(Born(DefaultInitialisation.Situation, 20).Average(run => run.Start.DeadShare), 0.20, 0.30);
    }

    [Fact]
    public void Negative_biases_start_with_the_last_layer_dead()
    {
        // HELU1003, Kaiming, bias -1, hidden layers 1 to 4: 0, 0, 38, 99 %; 34 % in the mean.
        Assert.InRange(Born(NegativeBias.Situation, 20).Average(run => run.Start.DeadShare), 0.29, 0.39);
    }

    [Fact]
    public void An_only_output_behind_a_ReLU_is_born_dead_as_often_as_measured()
    {
        // HELU1006, 64 wide, 4 hidden layers, one output: 37 %; over 200 networks its standard deviation is .034.
        Assert.InRange(Born(OutputReLU.Situation, 200).Average(run => run.Start.Silent ? 1 : 0), 0.37 - (3 * 0.034), 0.37 + (3 * 0.034));
    }

    [Theory]
    [InlineData("momentum")]
    [InlineData("large-rate")]
    public void A_large_step_kills_units_that_were_alive(string name)
    {
        // CS231n: as much as 40 %. HELU1005 reports a rate from 30 % of a layer on.
        Run[] runs = Trained(SituationCatalog.All.Single(situation => situation.Name == name), 6);
        Assert.All(runs, run => Assert.InRange(run.Start.DeadShare, 0, 0.03));
        Assert.InRange(runs.Average(run => run.End.DeadShare), 0.30, 1);
    }

    [Fact]
    public void Every_situation_tells_its_remedies_apart()
    {
        Assert.All(SituationCatalog.All, situation =>
        {
            Assert.Equal(situation.Remedies.Count, situation.Remedies.Select(remedy => remedy.Name).Distinct().Count());
            Assert.Equal(situation.Remedies.Count, situation.Remedies.Select(remedy => remedy.Apply(situation.Setup)).Distinct().Count());
            Assert.DoesNotContain(situation.Remedies, remedy => remedy.Apply(situation.Setup) == situation.Setup);
        });
    }

    private static Run[] Born(Situation situation, int seeds) => Runs(situation, situation.Setup with { Steps = 0 }, seeds);

    private static Run[] Trained(Situation situation, int seeds) => Runs(situation, situation.Setup, seeds);

    private static Run[] Runs(Situation situation, Setup setup, int seeds) =>
        [.. Enumerable.Range(1, seeds).Select(seed => new Trial(situation.Name, RemedyCatalog.Baseline.Name, seed, setup).Execute(CancellationToken.None))];
}
