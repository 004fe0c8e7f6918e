using Digits.Data;
using Helu.Watching;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Digits.Training;

/// <summary>Passes over a whole set without gradients, in evaluation mode.</summary>
internal static class Evaluation
{
    private const long BatchSize = 500;

    /// <summary>Loss and dead units, both from one pass.</summary>
    public static Snapshot Snapshot(Module<Tensor, Tensor> model, DigitImages set, CancellationToken token)
    {
        using var monitor = DeadUnitMonitor.Attach(model, new() { Every = 1, IncludeEvaluation = true });
        double loss = Sum(model, set, (logits, labels) => cross_entropy(logits, labels, reduction: Reduction.Sum), token);
        return new(loss / set.Count, [.. monitor.EndWindow().Layers.Select(layer => new LayerUnits(layer.Layer, layer.Units.Count, layer.DeadUnits))]);
    }

    /// <summary>Share of images whose highest logit is the label's, 0 to 1.</summary>
    public static double Accuracy(Module<Tensor, Tensor> model, DigitImages set, CancellationToken token) =>
        Sum(model, set, (logits, labels) => logits.argmax(1).eq(labels).sum(), token) / set.Count;

    private static double Sum(Module<Tensor, Tensor> model, DigitImages set, Func<Tensor, Tensor, Tensor> measure, CancellationToken token)
    {
        using var noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        model.eval();
        double sum = 0;
        foreach ((Tensor images, Tensor labels) in set.Batches(BatchSize))
        {
            token.ThrowIfCancellationRequested();
            using DisposeScope batch = NewDisposeScope();
            sum += measure(model.call(images), labels).to_type(ScalarType.Float64).item<double>();
        }
        return sum;
    }
}
