using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

/// <summary>Forward only.</summary>
internal sealed class NoGrad : IComparisonGroup
{
    public IEnumerable<Comparison> Comparisons =>
        TrainingStep.Sizes.Select(size => new Comparison($"helu.no-grad.{size}", "helu", "relu", () => Prepare(size)));

    private static Contestants Prepare(long size)
    {
        Tensor x = TrainingStep.Normal(size).requires_grad_();
        return new Contestants(() => Forward(v => v.helu(), x), () => Forward(v => v.relu(), x), x);
    }

    private static void Forward(Func<Tensor, Tensor> activation, Tensor x)
    {
        using IDisposable off = no_grad();
        using Tensor y = activation(x);
    }
}
