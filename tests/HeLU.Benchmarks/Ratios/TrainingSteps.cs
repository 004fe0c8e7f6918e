using Helu.Benchmarks.Models;
using Helu.Benchmarks.Training;

namespace Helu.Benchmarks.Ratios;

/// <summary>A whole training step: zero_grad, forward, cross entropy, backward, SGD. The optimiser is built from the parameters of what is trained.</summary>
internal sealed class TrainingSteps : IComparisonGroup
{
    public IEnumerable<Comparison> Comparisons => TrainingSubject.All.SelectMany(subject => new[]
    {
        Compare(subject, "fused", (TrainingForm.Fused, "fused"), (TrainingForm.Relu, "relu")),
        Compare(subject, "intercepted", (TrainingForm.Intercepted, "intercepted"), (TrainingForm.Relu, "relu")),
        Compare(subject, "vs-function", (TrainingForm.Fused, "fused"), (TrainingForm.Function, "SingleTensorFunction")),
    });

    private static Comparison Compare(TrainingSubject subject, string row, (TrainingForm Form, string Name) ours, (TrainingForm Form, string Name) other)
    {
        string name = $"training.{subject.Name}.{row}";
        return new Comparison(name, ours.Name, other.Name, () => Prepare(name, subject, ours, other), subject.Rounds);
    }

    private static Contestants Prepare(string row, TrainingSubject subject, (TrainingForm Form, string Name) ours, (TrainingForm Form, string Name) other)
    {
        var a = new TrainingCase(subject, ours.Form);
        var b = new TrainingCase(subject, other.Form);
        Agreement.Check(row, (ours.Name, a.Output()), (other.Name, b.Output()));
        return new Contestants(a.Step, b.Step, a, b);
    }
}
