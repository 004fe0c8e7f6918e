using Helu.Inference;

namespace Helu.Benchmarks.Models;

/// <summary>Any frozen model of one input.</summary>
internal sealed class FrozenNet(FrozenModel frozen) : InferenceModel(frozen)
{
    public void Run(ReadOnlySpan<float> x, Span<float> output) => Execute(output, x);
}
