using Dying.Measuring;
using Dying.Remedies;
using Dying.Situations;
using Dying.Training;
using Helu;

namespace Dying.Tests;

public sealed class TrainerTests
{
    private static readonly Setup s_setup = DefaultInitialisation.Situation.Setup with { Steps = 20 };

    [Fact]
    public void HeLU_with_alpha_0_is_ReLU_to_the_last_bit()
    {
        (_, NetworkState reluEnd, double reluLoss) = Train(s_setup);
        (_, NetworkState heluEnd, double heluLoss) = Train(s_setup with { Activation = new(Kind.HeLU, 0) });
        Assert.Equal(reluLoss, heluLoss);
        Assert.Equal(reluEnd.Dead, heluEnd.Dead);
    }

    [Fact]
    public void Swaps_train_the_same_network_in_their_own_way()
    {
        Setup[] setups = [.. RemedyCatalog.HeLU.Select(remedy => remedy.Apply(s_setup with { LearningRate = 0.05 })).Append(s_setup with { LearningRate = 0.05 })];
        var runs = setups.Select(setup => Train(setup)).ToArray();
        Assert.Single(runs.Select(run => (run.Start.Units, run.Start.Dead, run.Start.Silent)).Distinct());
        Assert.Equal(runs.Length, runs.Select(run => run.RelativeLoss).Distinct().Count());
    }

    [Fact]
    public void Dead_units_in_reach_are_those_within_HeLUs_own_alpha()
    {
        NetworkState narrow = Train(s_setup with { Activation = new(Kind.HeLU, 0.001) }).Start, byDefault = Train(s_setup).Start, wide = Train(s_setup with { Activation = new(Kind.HeLU, 100) }).Start;
        Assert.Equal(byDefault.Dead, wide.Near);
        Assert.InRange(byDefault.Near, narrow.Near + 1, wide.Near - 1);
    }

    [Fact]
    public void Another_seed_is_another_network() => Assert.NotEqual(Train(s_setup, seed: 1).RelativeLoss, Train(s_setup, seed: 2).RelativeLoss);

    [Fact]
    public void A_network_whose_output_is_0_has_the_loss_of_predicting_the_mean()
    {
        // Biases of -100 keep every unit and the output behind its ReLU at 0.
        Setup silent = OutputReLU.Situation.Setup with { Steps = 0, HiddenLayers = 1, HiddenBias = -100 };
        (_, NetworkState end, double loss) = Enumerable.Range(1, 50).Select(seed => Train(silent, seed)).First(run => run.End.Dead == run.End.Units);
        Assert.True(end.Silent);
        Assert.Equal(1, loss, 1e-5);
    }

    [Fact]
    public void A_diverged_training_has_an_infinite_loss_and_no_living_unit()
    {
        (_, NetworkState end, double loss) = Train(PlainRate.Situation.Setup with { LearningRate = 1000, Steps = 100, Activation = new(Kind.LeakyReLU, 1) });
        Assert.Equal(double.PositiveInfinity, loss);
        Assert.Equal(end.Units, end.Dead);
    }

    [Fact]
    public void A_cancelled_training_throws()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => Trainer.Train(s_setup, 1, cancellation.Token));
    }

    private static (NetworkState Start, NetworkState End, double RelativeLoss) Train(Setup setup, int seed = 1) => Trainer.Train(setup, seed, CancellationToken.None);
}
