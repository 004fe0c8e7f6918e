using System.CommandLine;
using System.Globalization;
using Helu.Benchmarks.Memory;
using Helu.Benchmarks.Training;

namespace Helu.Benchmarks;

/// <summary><c>memory</c>: one line a comparison in the form of <see cref="RatiosCommand"/>'s, with the megabytes behind each name.</summary>
internal static class MemoryCommand
{
    private const int Processes = 5;

    public static Command Create()
    {
        var filter = new Option<string>("--filter") { Description = "Only rows whose name contains this text." };
        var command = new Command(
            "memory",
            "Prints NAME MEDIAN MIN MAX A vs B: A's bytes at the peak of a training step over B's (peak), the same without what is held before the step (step), and the "
            + "bytes that an activation keeps for each element (activation). live: libtorch's allocator; process: resident. A process for each; Linux only.")
        {
            filter,
        };
        command.SetAction(arguments => Run(arguments.GetValue(filter) ?? ""));
        return command;
    }

    private static int Run(string filter)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("memory reads /proc/self and flags of Linux's libtorch; run it on Linux.");
            return 1;
        }
        foreach (TrainingSubject subject in TrainingSubject.All)
        {
            foreach (TrainingForm form in TrainingForms.Helu)
                Compare($"training.{subject.Name}.{form.RowName()}", subject, form, filter);
        }
        foreach (TrainingForm form in TrainingForms.Helu.Prepend(TrainingForm.Relu))
            Activation($"activation.{form.RowName()}.live", form, filter);
        return 0;
    }

    private static void Compare(string row, TrainingSubject subject, TrainingForm form, string filter)
    {
        if ($"{row}.live".Contains(filter, StringComparison.OrdinalIgnoreCase))
        {
            StepMemory ours = MeasuredProcess.Live(subject, form);
            StepMemory relu = MeasuredProcess.Live(subject, TrainingForm.Relu);
            Print($"{row}.live", form, [ours], [relu]);
        }
        if ($"{row}.process".Contains(filter, StringComparison.OrdinalIgnoreCase))
        {
            StepMemory[] ours = [.. Enumerable.Range(0, Processes).Select(_ => MeasuredProcess.Resident(subject, form))];
            StepMemory[] relu = [.. Enumerable.Range(0, Processes).Select(_ => MeasuredProcess.Resident(subject, TrainingForm.Relu))];
            Print($"{row}.process", form, ours, relu);
        }
    }

    private static void Print(string row, TrainingForm form, StepMemory[] ours, StepMemory[] relu)
    {
        Print($"{row}.peak", form, [.. ours.Select(m => m.Peak)], [.. relu.Select(m => m.Peak)]);
        Print($"{row}.step", form, [.. ours.Select(m => m.Step)], [.. relu.Select(m => m.Step)]);
    }

    private static void Print(string row, TrainingForm form, long[] ours, long[] relu)
    {
        double[] ratios = [.. ours.Zip(relu, (a, b) => (double)a / b).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row} {ratios[ratios.Length / 2]:F3} {ratios[0]:F3} {ratios[^1]:F3} {form.RowName()}({Megabytes(ours):F2}MB) vs relu({Megabytes(relu):F2}MB)"));
    }

    private static double Megabytes(long[] bytes) => bytes.Order().ElementAt(bytes.Length / 2) / 1e6;

    /// <summary>A layer with its activation against the layer alone, when the loss is computed.</summary>
    private static void Activation(string row, TrainingForm form, string filter)
    {
        if (!row.Contains(filter, StringComparison.OrdinalIgnoreCase))
            return;
        long difference = MeasuredProcess.Live(TrainingSubject.Hidden, form).Forward - MeasuredProcess.Live(TrainingSubject.HiddenLinear, form).Forward;
        double bytes = (double)difference / TrainingSubject.HiddenElements;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row} {bytes:F3} {bytes:F3} {bytes:F3} {form.RowName()}(bytes an element) vs none"));
    }
}
