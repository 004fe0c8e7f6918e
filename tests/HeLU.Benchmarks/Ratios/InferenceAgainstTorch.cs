using Helu.Benchmarks.Models;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

/// <summary>Frozen models against the TorchSharp model itself, in <c>eval()</c> and <c>inference_mode</c>.</summary>
internal sealed class InferenceAgainstTorch : IComparisonGroup
{
    public IEnumerable<Comparison> Comparisons =>
        from subject in InferenceSubject.All
        from batch in subject.Batches
        let name = $"infer.{subject.Name}.b{batch}.torch"
        select new Comparison(name, "frozen", "TorchSharp", () => Prepare(name, subject, batch));

    private static Contestants Prepare(string name, InferenceSubject subject, int batch)
    {
        var measured = new InferenceCase(subject, batch);
        Agreement.Check(name, ("frozen", measured.FrozenOutput()), ("TorchSharp", measured.TorchOutput()));
        return new Contestants(measured.RunFrozen, measured.RunTorch, inference_mode(), Activation.Override(Kind.ReLU), measured);
    }
}
