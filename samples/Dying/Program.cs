using System.CommandLine;
using System.CommandLine.Invocation;
using Dying.Comparing;
using Dying.Report;
using Dying.Situations;
using Dying.Training;
using Samples.Common;
using Spectre.Console;

namespace Dying;

internal static class Program
{
    private const int Failed = 1;
    private const int Cancelled = 130;
    private const int WidthOfFile = 160;

    private static Task<int> Main(string[] args) => RunAsync(args, AnsiConsole.Console, Console.Error);

    /// <summary>The whole program: 0, 1 for bad options or a folder that can't be written to, 130 where it was cancelled.</summary>
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

    /// <exception cref="InvalidDataException">A remedy is asked for that changes nothing.</exception>
    private static int Compare(Options options, IAnsiConsole console, CancellationToken token)
    {
        IReadOnlyList<Trial> trials = Trials.Of(options);
        if (options.Remedies.FirstOrDefault(name => trials.All(trial => trial.Remedy != name)) is { } idle)
            throw new InvalidDataException($"--remedy {idle} changes nothing in {string.Join(", ", options.Situations.Select(situation => situation.Name))}.");
        // Before the training, not after it: a folder that cannot be written to should cost nothing.
        string folder = OutputFolder.Prepare(options.Out);

        Experiment.Outcome outcome = TrainingProgress.Show(console, trials, done => Experiment.Execute(trials, options.Threads, done, token));

        IReadOnlyList<SituationResult> results = SituationResult.Of(options.Situations, outcome.Runs);
        if (results.Count > 0)
            Report(options, results, outcome.Runs, folder, console);
        if (!outcome.Cancelled)
            return 0;
        console.WriteLine($"Cancelled. Finished networks kept: {outcome.Runs.Count} of {trials.Count}.");
        return Cancelled;
    }

    private static void Report(Options options, IReadOnlyList<SituationResult> results, IReadOnlyList<Run> runs, string folder, IAnsiConsole console)
    {
        ConsoleWidth.AtLeast(console, WidthOfFile);
        foreach (SituationResult result in results)
        {
            SituationTable.Write(console, result);
            RemedyPlot.Save(Path.Combine(folder, $"{result.Situation.Name}.png"), result);
        }
        Legend.Write(console);
        Summary.Write(console, results);
        RunsCsv.Write(Path.Combine(folder, "runs.csv"), runs);
        console.WriteLine();
        console.WriteLine($"{runs.Count} networks, {options.Seeds} seeds{(options.Quick ? ", a fifth of the steps" : "")}. Plots and runs.csv: {folder}");
    }
}
