using System.Globalization;

namespace Helu.Benchmarks.Training;

/// <summary>Managed bytes of a training step and of its forward, over those of the plain model.</summary>
internal static class TrainingAllocations
{
    /// <summary>Managed objects do not grow with the batch.</summary>
    private const long Batch = 2;
    private const int WarmUpRuns = 5;
    private const int Runs = 11;

    /// <summary>A line for each row whose name contains <paramref name="filter"/>.</summary>
    public static IEnumerable<string> Lines(string filter) =>
        from subject in TrainingSubject.All
        from form in TrainingForms.Helu
        from part in new (string Name, Func<TrainingCase, long> Bytes)[] { ("forward", measured => measured.ForwardAllocations()), ("step", measured => measured.StepAllocations()) }
        let row = $"training.{subject.Name}.{form.RowName()}.allocations.{part.Name}"
        where row.Contains(filter, StringComparison.OrdinalIgnoreCase)
        select Line(row, form, Measure(subject, form, part.Bytes), Measure(subject, TrainingForm.Relu, part.Bytes));

    private static string Line(string row, TrainingForm form, long[] ours, long[] relu)
    {
        double[] ratios = [.. ours.Zip(relu, (a, b) => (double)a / b).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{row} {ratios[Runs / 2]:F3} {ratios[0]:F3} {ratios[^1]:F3} {form.RowName()}({ours[Runs / 2]}B) vs relu({relu[Runs / 2]}B)");
    }

    /// <summary>Bytes of each run, sorted.</summary>
    private static long[] Measure(TrainingSubject subject, TrainingForm form, Func<TrainingCase, long> bytes)
    {
        using var measured = new TrainingCase(subject with { InputShape = [Batch, .. subject.InputShape[1..]] }, form);
        for (int i = 0; i < WarmUpRuns; i++)
            bytes(measured);
        return [.. Enumerable.Range(0, Runs).Select(_ => bytes(measured)).Order()];
    }
}
