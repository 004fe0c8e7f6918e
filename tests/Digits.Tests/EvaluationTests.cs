using Digits.Data;
using Digits.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void A_unit_is_dead_when_no_image_of_any_batch_takes_it_above_zero()
    {
        using var off = no_grad();
        using DigitImages digits = DrawnDigits.Draw(600, seed: 1); // two batches
        using Linear hidden = Linear(28 * 28, 4);
        // Sums of pixels, 0 or more: s, s - 784 (0 at most), -s and -1.
        hidden.weight.copy_(tensor(new float[] { 1, 1, -1, 0 }, [4, 1]).expand(4, 28 * 28));
        hidden.bias!.copy_(tensor(new float[] { 0, -28 * 28, 0, -1 }));
        using Sequential model = Sequential(("flat", Flatten()), ("hidden", hidden), ("relu", ReLU()), ("logits", Linear(4, 10)));

        Snapshot snapshot = Evaluation.Snapshot(model, digits, CancellationToken.None);

        Assert.Equal([new LayerUnits("relu", 4, 3)], snapshot.Layers);
        Assert.Equal(0.75, snapshot.DeadShare);
    }
}
