namespace Helu.Benchmarks.Ratios;

internal sealed class AgainstCustomFunction : IComparisonGroup
{
    public IEnumerable<Comparison> Comparisons => TrainingStep.Sizes.Select(size =>
        new Comparison($"helu.vs-function.{size}", "helu", "SingleTensorFunction", () => ForwardBackward.Prepare(size, CustomFunction.Helu)));
}
