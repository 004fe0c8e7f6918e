using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Helu.Benchmarks.Training;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Memory;

/// <summary>
/// The bytes that libtorch's allocator on the CPU has given out, of a step in a process of its own. libtorch keeps no counter, but writes every allocation
/// and the total to standard error where <c>caffe2_report_cpu_memory_usage</c> is set: exact, and nothing is missed between samples.
/// </summary>
internal static partial class LiveBytes
{
    private const string StepMark = "helu: step";
    private const string ForwardMark = "helu: forward";
    private const string EndMark = "helu: end";
    private const int WarmUpSteps = 2;

    /// <summary>The measured process: steps, with libtorch's report and the marks on standard error.</summary>
    public static void Report(TrainingSubject subject, TrainingForm form)
    {
        StartReport();
        using var measured = new TrainingCase(subject, form);
        for (int i = 0; i < WarmUpSteps; i++)
            measured.Step();
        Console.Error.WriteLine(StepMark);
        measured.Step(forwardDone: () => Console.Error.WriteLine(ForwardMark));
        Console.Error.WriteLine(EndMark);
    }

    /// <summary>Reads what <see cref="Report"/> wrote.</summary>
    /// <exception cref="InvalidOperationException">There is no report in it.</exception>
    public static StepMemory Read(IEnumerable<string> report)
    {
        long total = 0, held = 0, forward = 0, peak = 0;
        foreach (string line in report)
        {
            if (Total().Match(line) is { Success: true } match)
                total = long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            else if (line == StepMark)
                peak = held = total;
            else if (line == ForwardMark)
                forward = total;
            else if (line == EndMark)
                return held > 0 ? new StepMemory(held, forward, peak) : throw new InvalidOperationException("libtorch reported no allocation.");
            peak = Math.Max(peak, total);
        }
        throw new InvalidOperationException("The measured process did not reach the end of its step.");
    }

    private static unsafe void StartReport()
    {
        // Any call loads libtorch.
        set_num_threads(get_num_threads());
        ProcessModule library = Process.GetCurrentProcess().Modules.Cast<ProcessModule>().First(m => m.ModuleName.StartsWith("libc10", StringComparison.Ordinal));
        IntPtr handle = NativeLibrary.Load(library.FileName);
        *(int*)NativeLibrary.GetExport(handle, "FLAGS_caffe2_log_level") = 0;
        *(bool*)NativeLibrary.GetExport(handle, "FLAGS_caffe2_report_cpu_memory_usage") = true;
    }

    [GeneratedRegex(@"total alloc (\d+) bytes")]
    private static partial Regex Total();
}
