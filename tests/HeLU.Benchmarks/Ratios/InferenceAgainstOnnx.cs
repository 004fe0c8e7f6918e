using Helu.Benchmarks.Models;
using Helu.Benchmarks.Onnx;

namespace Helu.Benchmarks.Ratios;

/// <summary>Frozen models against ONNX Runtime on the same folded weights.</summary>
internal sealed class InferenceAgainstOnnx : IComparisonGroup
{
    public IEnumerable<Comparison> Comparisons =>
        from subject in InferenceSubject.All
        from batch in subject.Batches
        let name = $"infer.{subject.Name}.b{batch}.ort"
        select new Comparison(name, "frozen", "ONNX Runtime", () => Prepare(name, subject, batch));

    private static Contestants Prepare(string name, InferenceSubject subject, int batch)
    {
        var measured = new InferenceCase(subject, batch);
        var output = new float[measured.Output.Length];
        OnnxSession onnx = measured.ToOnnx(output);
        onnx.Run();
        (string, float[]) expected = ("TorchSharp", measured.TorchOutput());
        Agreement.Check(name, ("ONNX Runtime", output), expected);
        Agreement.Check(name, ("frozen", measured.FrozenOutput()), expected);
        return new Contestants(measured.RunFrozen, onnx.Run, onnx, measured);
    }
}
