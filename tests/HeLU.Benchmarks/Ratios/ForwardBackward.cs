using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

internal sealed class ForwardBackward : IComparisonGroup
{
    public IEnumerable<Comparison> Comparisons =>
        TrainingStep.Sizes.Select(size => new Comparison($"helu.forward-backward.{size}", "helu", "relu", () => Prepare(size, x => x.relu())));

    /// <summary>HeLU's forward and backward against another activation's, on a leaf of the given size.</summary>
    public static Contestants Prepare(long size, Func<Tensor, Tensor> other)
    {
        Tensor x = TrainingStep.Normal(size).requires_grad_();
        Tensor grad = TrainingStep.Normal(size);
        return new Contestants(() => TrainingStep.Run(v => v.helu(), x, grad), () => TrainingStep.Run(other, x, grad), x, grad);
    }
}
