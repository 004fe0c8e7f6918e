using System.CommandLine;
using System.CommandLine.Invocation;
using Digits.Data;
using Digits.Models;
using Digits.Report;
using Digits.Training;
using Samples.Common;
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
                return options.Draw is { } folder ? Draw(folder, console) : Compare(options, console, token);
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
        // Before the training, not after it: a folder that cannot be written to should cost nothing.
        string output = Writable(options.Out);
        string? export = options.Export is null ? null : Writable(options.Export);
        string? exportOnnx = options.ExportOnnx is null ? null : Writable(options.ExportOnnx);
        UnitReports? units = options.Monitor is null ? null : new(OutputFolder.Prepare(options.Monitor));
        torch.set_num_threads(options.Threads);
        using DigitSet digits = options.Data is { } folder ? DigitSet.Load(folder) : DigitSet.Drawn();

        using var best = new BestModel();
        var trainer = new Trainer(digits, () => ModelCatalog.Create(options.Model), options.Epochs, options.LearningRate, export is null && exportOnnx is null ? null : best.Offer, units);
        int[] seeds = [.. Enumerable.Range(options.FirstSeed, options.Seeds)];
        Experiment.Outcome outcome = Experiment.Execute(trainer, Configuration.Compared(options.Alphas), seeds, options.Epochs, console, units, token);

        if (outcome.Runs.Count > 0)
        {
            ResultTable.Write(console, Title(options, digits), outcome.Runs);
            CurvePlot.Save(output, $"{options.Model} on {digits.Name}", outcome.Runs);
            console.WriteLine($"Curves: {output}");
            if (units is not null)
                console.WriteLine($"Units: {units.Folder}");
        }
        if (best.Run is { } run)
        {
            if (export is not null)
                best.Save(export);
            if (exportOnnx is not null)
                best.ExportOnnx(exportOnnx);
            foreach (string path in new[] { export, exportOnnx }.OfType<string>())
                console.WriteLine(FormattableString.Invariant($"Model: {path} ({run.Configuration.Name}, seed {run.Seed}, test accuracy {run.TestAccuracy:P1})"));
        }
        if (outcome.Lost is null)
            return 0;
        console.WriteLine($"Cancelled in {outcome.Lost}. That run is lost; finished runs kept: {outcome.Runs.Count}.");
        return Cancelled;
    }

    private static int Draw(string folder, IAnsiConsole console)
    {
        Directory.CreateDirectory(folder);
        using DigitImages digits = DrawnDigits.ToShow();
        digits.ToBytes().Write(folder, "t10k");
        console.WriteLine($"{digits.Count} drawn digits: {Path.GetFullPath(folder)}");
        return 0;
    }

    /// <summary>The full path of a file that is to be written later, in a folder that is there and can be written to.</summary>
    private static string Writable(string file)
    {
        string path = Path.GetFullPath(file);
        OutputFolder.Prepare(Path.GetDirectoryName(path)!);
        return path;
    }

    private static string Title(Options options, DigitSet digits) =>
        $"{options.Model} on {digits.Name}: {digits.Train.Count:N0} training, {digits.Test.Count:N0} test images; epochs {options.Epochs}, seeds {options.Seeds}, lr {options.LearningRate}";
}
