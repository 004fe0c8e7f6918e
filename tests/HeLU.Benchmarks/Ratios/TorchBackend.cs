using Helu.Benchmarks.Models;
using Helu.Inference;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

/// <summary>A model frozen for libtorch against the TorchSharp model itself, in <c>eval()</c> and <c>no_grad</c>.</summary>
internal sealed class TorchBackend : IComparisonGroup
{
    public IEnumerable<Comparison> Comparisons =>
        from subject in InferenceSubject.All.Prepend(InferenceSubject.MlpWithBatchNorm)
        from batch in subject.Batches
        let name = $"infer.{subject.Name}.torch-backend.b{batch}"
        select new Comparison(name, "frozen", "TorchSharp", () => Prepare(name, subject, batch));

    private static Contestants Prepare(string name, InferenceSubject subject, int batch)
    {
        var measured = new InferenceCase(subject, batch, InferenceBackend.Torch);
        Agreement.Check(name, ("frozen", measured.FrozenOutputOnTensors()), ("TorchSharp", measured.TorchOutput()));
        return new Contestants(measured.RunFrozenOnTensors, measured.RunTorch, no_grad(), Activation.Override(Kind.ReLU), measured);
    }
}
