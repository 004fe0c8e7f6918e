using System.Globalization;
using System.Runtime.InteropServices;
using Helu.Benchmarks.Training;

namespace Helu.Benchmarks.Memory;

/// <summary>The resident bytes of a process around a step, from Linux's <c>/proc/self</c>.</summary>
internal static partial class ProcessBytes
{
    private const int WarmUpSteps = 2;

    /// <summary>The measured process: two numbers on standard output, before the step and at its peak.</summary>
    public static void Report(TrainingSubject subject, TrainingForm form)
    {
        using var measured = new TrainingCase(subject, form);
        for (int i = 0; i < WarmUpSteps; i++)
            measured.Step();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        ReturnFreedPages();
        ResetPeak();
        long held = Status("VmRSS");
        measured.Step();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held} {Status("VmHWM")}"));
    }

    /// <summary>Reads what <see cref="Report"/> wrote.</summary>
    public static StepMemory Read(string report)
    {
        long[] numbers = [.. report.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new StepMemory(numbers[0], Forward: 0, numbers[1]);
    }

    /// <summary>The pages that the steps before have freed would hide the peak of the next.</summary>
    private static void ReturnFreedPages() => _ = malloc_trim(0);

    /// <summary>5 resets VmHWM to VmRSS (proc_pid_clear_refs(5)).</summary>
    private static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>A line of /proc/self/status, "VmRSS:	  123 kB", in bytes.</summary>
    private static long Status(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(key + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line[(key.Length + 1)..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);
}
