using System.CommandLine;
using System.CommandLine.Invocation;
using Digits.Data;
using Digits.Models;
using Digits.Report;
using Digits.Training;
using Spectre.Console;
using TorchSharp;

namespace Digits;

internal static class Program
{
    private const int Failed = 1;
    private const int Cancelled = 130;

    private static Task<int> Main(string[] args) => RunAsync(args, AnsiConsole.Console, Console.Error);

    /// <summary>The whole program: 0, 1 for bad options or data, 130 where it was cancelled.</summary>
    internal static Task<int> RunAsync(string[] args, IAnsiConsole console, TextWriter errors)
    {
        var configuration = new InvocationConfiguration { Error = errors, ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
        ParseResult parsed = CommandLine.Create(Run).Parse(args);
        if (parsed.Action is ParseErrorAction unusable)
            unusable.ShowHelp = false; // It would push the message off the screen.
        return parsed.InvokeAsync(configuration);

        int Run(Options options, CancellationToken token)
        {
            try
            {
                return Compare(options, console, token);
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"error: {e.Message}");
                return Failed;
            }
        }
    }

    private static int Compare(Options options, IAnsiConsole console, CancellationToken token)
    {
        string output = Path.GetFullPath(options.Out);
        // Before the training, not after it: a folder that cannot be made should cost nothing.
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        torch.set_num_threads(options.Threads);
        using DigitSet digits = options.Data is { } folder ? DigitSet.Load(folder) : DigitSet.Drawn();

        var trainer = new Trainer(digits, () => ModelCatalog.Create(options.Model), options.Epochs, options.LearningRate);
        int[] seeds = [.. Enumerable.Range(options.FirstSeed, options.Seeds)];
        Experiment.Outcome outcome = Experiment.Execute(trainer, Configuration.Compared(options.Alphas), seeds, options.Epochs, console, token);

        if (outcome.Runs.Count > 0)
        {
            ResultTable.Write(console, Title(options, digits), outcome.Runs);
            CurvePlot.Save(output, $"{options.Model} on {digits.Name}", outcome.Runs);
            console.WriteLine($"Curves: {output}");
        }
        if (outcome.Lost is null)
            return 0;
        console.WriteLine($"Cancelled in {outcome.Lost}. That run is lost; finished runs kept: {outcome.Runs.Count}.");
        return Cancelled;
    }

    private static string Title(Options options, DigitSet digits) =>
        $"{options.Model} on {digits.Name}: {digits.Train.Count:N0} training, {digits.Test.Count:N0} test images; epochs {options.Epochs}, seeds {options.Seeds}, lr {options.LearningRate}";
}
