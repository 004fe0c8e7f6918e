using Digits.Data;
using Digits.Models;
using Digits.Training;
using Helu;

namespace Digits.Tests;

public sealed class TrainerTests
{
    public static TheoryData<string> Models => [.. ModelCatalog.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Each_kind_trains_the_annotated_model_in_its_own_way(string model)
    {
        using DigitSet digits = FewDigits();
        double[] losses = [.. Configuration.Compared([0.001, 0.05]).Select(kind => Train(digits, model, kind).Snapshots[^1].Loss)];
        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.Equal(losses.Length, losses.Distinct().Count());
    }

    [Fact]
    public void ReLU_and_HeLU_start_from_the_same_loss()
    {
        using DigitSet digits = FewDigits();
        Run relu = Train(digits, "deep", new(Kind.ReLU));
        Run helu = Train(digits, "deep", new(Kind.HeLU, 0.05));
        Assert.Equal(relu.Snapshots[0].Loss, helu.Snapshots[0].Loss);
        Assert.Equal(relu.Snapshots[0].Layers, helu.Snapshots[0].Layers);
    }

    [Fact]
    public void HeLU_with_alpha_0_is_ReLU_to_the_last_bit()
    {
        using DigitSet digits = FewDigits();
        Run relu = Train(digits, "mlp", new(Kind.ReLU));
        Run helu = Train(digits, "mlp", new(Kind.HeLU, 0));
        Assert.Equal(relu.Snapshots.Select(snapshot => snapshot.Loss), helu.Snapshots.Select(snapshot => snapshot.Loss));
    }

    [Fact]
    public void A_cancelled_training_throws()
    {
        using DigitSet digits = FewDigits();
        var trainer = new Trainer(digits, () => ModelCatalog.Create("mlp"), epochs: 1000, learningRate: 0.1);
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => trainer.Train(new(Kind.ReLU), 1, _ => cancellation.Cancel(), cancellation.Token));
    }

    private static DigitSet FewDigits() => new("few", DrawnDigits.Draw(200, seed: 1), DrawnDigits.Draw(50, seed: 2));

    private static Run Train(DigitSet digits, string model, Configuration configuration) =>
        new Trainer(digits, () => ModelCatalog.Create(model), epochs: 2, learningRate: 0.1).Train(configuration, 1, _ => { }, CancellationToken.None);
}
