using System.CommandLine;
using Dying.Remedies;
using Dying.Situations;
using Samples.Common;
using static Samples.Common.OptionValue;

namespace Dying;

/// <summary>The options, their ranges and defaults.</summary>
internal static class CommandLine
{
    private const int Seeds = 20;
    private const int QuickSeeds = 3;

    /// <param name="run">What the options are handed to. Its token is cancelled by Ctrl+C; its result is the exit code.</param>
    public static RootCommand Create(Func<Options, CancellationToken, int> run)
    {
        string[] situationNames = [.. SituationCatalog.All.Select(situation => situation.Name)];
        string[] remedyNames = [.. SituationCatalog.All.SelectMany(situation => situation.Remedies).Select(remedy => remedy.Name).Distinct()];
        Option<string[]> situations = Names("--situation", "Only these situations; several may follow, or repeat it.", situationNames);
        Option<string[]> remedies = Names("--remedy", $"Only these remedies, besides {RemedyCatalog.Baseline.Name}; several may follow, or repeat it.", remedyNames);
        Option<int> seeds = WholeNumber("--seeds", $"How many networks each remedy trains, each with weights and data of its own seed ({QuickSeeds} with --quick)", Seeds, 1, 1000);
        Option<int> threads = WholeNumber("--threads", "Networks that are trained side by side; the figures do not depend on it", Environment.ProcessorCount, 1, 256);
        var output = new Option<string>("--out")
        {
            Description = "The folder for runs.csv and a plot of each situation; it is made.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine("artifacts", "dying"),
            CustomParser = result => Parse(result, Given(result).Length > 0 && !File.Exists(Given(result)), Given(result), "a folder"),
        };
        var quick = new Option<bool>("--quick") { Description = "To see it run: a fifth of the steps, and few seeds. Its figures say nothing." };

        var root = new RootCommand("Kills ReLU units in known ways, tries a remedy at a time, and says which of them help.")
        {
            situations, remedies, seeds, threads, output, quick,
        };
        root.SetAction((parsed, token) =>
        {
            bool quickly = parsed.GetValue(quick);
            var options = new Options(
                [.. SituationCatalog.All.Where(situation => Chosen(parsed.GetRequiredValue(situations), situation.Name))],
                parsed.GetRequiredValue(remedies),
                quickly && parsed.GetResult(seeds) is null or { Implicit: true } ? QuickSeeds : parsed.GetRequiredValue(seeds),
                parsed.GetRequiredValue(threads),
                parsed.GetRequiredValue(output),
                quickly);
            // System.CommandLine listens to Ctrl+C only once the action has handed it a task.
            return Task.Run(() => run(options, token), CancellationToken.None);
        });
        return root;
    }

    private static bool Chosen(string[] names, string name) => names.Length == 0 || names.Contains(name);

    private static Option<string[]> Names(string option, string description, string[] names) => new(option)
    {
        Description = $"{description} One of {string.Join(", ", names)}. [default: all]",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        [
            .. result.Tokens.Select(token => Array.Find(names, name => name.Equals(token.Value, StringComparison.OrdinalIgnoreCase)) is { } known
                ? known
                : Parse(result, valid: false, token.Value, $"one of {string.Join(", ", names)}", token.Value)),
        ],
    };
}
