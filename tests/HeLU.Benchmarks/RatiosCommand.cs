using System.CommandLine;
using System.Globalization;
using Helu.Benchmarks.Ratios;
using TorchSharp;

namespace Helu.Benchmarks;

/// <summary><c>ratios</c>: one line a comparison, <c>NAME MEDIAN MIN MAX A vs B</c>.</summary>
internal static class RatiosCommand
{
    /// <summary>Every group of comparisons; a new one is added here.</summary>
    private static readonly IComparisonGroup[] Groups =
    [
        new ForwardBackward(),
        new AgainstCustomFunction(),
        new NoGrad(),
        new LinearLayer("linear-helu", inplace: false),
        new LinearLayer("helu-inplace", inplace: true),
        new TrainingSteps(),
        new InferenceAgainstTorch(),
        new InferenceAgainstOnnx(),
        new SparseLinear(),
        new TorchBackend(),
        new MonitoredTraining(),
        new KindCost(),
        new CompileTime(),
        new AnalysisTime(),
    ];

    public static Command Create()
    {
        var filter = new Option<string>("--filter") { Description = "Only comparisons whose name contains this text." };
        var threads = new Option<int>("--threads") { Description = "Threads of libtorch.", DefaultValueFactory = _ => 1 };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--threads must be 1 or more.");
        });
        var list = new Option<bool>("--list") { Description = "Print the names and measure nothing." };
        var command = new Command("ratios", "Interleaves A and B in one process and prints NAME MEDIAN MIN MAX A vs B: A's time over B's, A ours.")
        {
            filter, threads, list,
        };
        command.SetAction(arguments => Run(arguments.GetValue(filter) ?? "", arguments.GetValue(threads), arguments.GetValue(list)));
        return command;
    }

    private static int Run(string filter, int threads, bool listOnly)
    {
        Comparison[] selected =
            [.. Groups.SelectMany(group => group.Comparisons).Where(c => c.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (selected.Length == 0)
        {
            Console.Error.WriteLine($"No comparison has '{filter}' in its name; --list prints all names.");
            return 1;
        }
        if (!listOnly)
            torch.set_num_threads(threads);
        foreach (Comparison comparison in selected)
            Console.WriteLine(listOnly ? comparison.Name : Line(comparison));
        return 0;
    }

    private static string Line(Comparison comparison)
    {
        Ratio ratio = RatioMeter.Measure(comparison);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Name} {ratio.Median:F3} {ratio.Min:F3} {ratio.Max:F3} {comparison.A} vs {comparison.B}");
    }
}
