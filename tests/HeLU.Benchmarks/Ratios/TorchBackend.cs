using Helu.Benchmarks.Models;
using Helu.Inference;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

/// <summary>A model frozen for libtorch against the TorchSharp model itself, in <c>eval()</c> and <c>no_grad</c>.</summary>
internal sealed class TorchBackend : IComparisonGroup
{
    private static readonly InferenceSubject Subject = InferenceSubject.MlpWithBatchNorm;

    public IEnumerable<Comparison> Comparisons =>
        from batch in Subject.Batches
        let name = $"infer.{Subject.Name}.torch-backend.b{batch}"
        select new Comparison(name, "frozen", "TorchSharp", () => Prepare(name, batch));

    private static Contestants Prepare(string name, int batch)
    {
        var measured = new InferenceCase(Subject, batch, InferenceBackend.Torch);
        Agreement.Check(name, ("frozen", measured.FrozenOutputOnTensors()), ("TorchSharp", measured.TorchOutput()));
        return new Contestants(measured.RunFrozenOnTensors, measured.RunTorch, no_grad(), Activation.Override(Kind.ReLU), measured);
    }
}
