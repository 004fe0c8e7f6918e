using System.CommandLine;
using Helu.Benchmarks.Models;
using Helu.Benchmarks.Training;
using TorchSharp;

namespace Helu.Benchmarks;

/// <summary><c>allocations</c>: one line a frozen model and batch, and one a trained model and form, like <see cref="RatiosCommand"/>'s.</summary>
internal static class AllocationsCommand
{
    private const int Runs = 100;

    public static Command Create()
    {
        var filter = new Option<string>("--filter") { Description = "Only models whose row's name contains this text." };
        var command = new Command(
            "allocations",
            "Prints NAME MEDIAN MIN MAX A vs B: managed bytes that a run of a frozen model allocates, expected none, failing where there are any; "
            + "and those of a training step, and of its forward alone, over the plain model's.")
        {
            filter,
        };
        command.SetAction(arguments => Run(arguments.GetValue(filter) ?? ""));
        return command;
    }

    private static int Run(string filter)
    {
        bool allocates = false;
        foreach (InferenceSubject subject in InferenceSubject.All.Append(InferenceSubject.MlpWithBatchNorm))
        {
            foreach (int batch in subject.Batches)
            {
                string name = $"infer.{subject.Name}.b{batch}.allocations";
                if (!name.Contains(filter, StringComparison.OrdinalIgnoreCase))
                    continue;
                long[] bytes = Measure(subject, batch);
                Console.WriteLine($"{name} {bytes[bytes.Length / 2]} {bytes[0]} {bytes[^1]} bytes vs none");
                allocates |= bytes[^1] > 0;
            }
        }
        torch.set_num_threads(1);
        foreach (string line in TrainingAllocations.Lines(filter))
            Console.WriteLine(line);
        return allocates ? 1 : 0;
    }

    /// <summary>Bytes of each run behind the first, sorted.</summary>
    private static long[] Measure(InferenceSubject subject, int batch)
    {
        using var measured = new InferenceCase(subject, batch);
        measured.RunFrozen();
        var bytes = new long[Runs];
        for (int i = 0; i < bytes.Length; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            measured.RunFrozen();
            bytes[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Array.Sort(bytes);
        return bytes;
    }
}
