using System.Diagnostics;
using Helu.Benchmarks.Training;

namespace Helu.Benchmarks.Memory;

/// <summary>This program again, in a fresh process that takes the steps of one model in one form.</summary>
internal static class MeasuredProcess
{
    /// <summary>libtorch's live bytes.</summary>
    public static StepMemory Live(TrainingSubject subject, TrainingForm form) => LiveBytes.Read(Run(subject, form, MemoryKind.Live).Error.Split('\n'));

    /// <summary>Resident bytes.</summary>
    public static StepMemory Resident(TrainingSubject subject, TrainingForm form) => ProcessBytes.Read(Run(subject, form, MemoryKind.Process).Output);

    private static (string Output, string Error) Run(TrainingSubject subject, TrainingForm form, MemoryKind kind)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "HeLU.Benchmarks"), [StepMemoryCommand.Name, subject.Name, form.ToString(), kind.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The process that measures {subject.Name} in form {form} ended with {process.ExitCode}: {error.Result}");
        return (output, error.Result);
    }
}
