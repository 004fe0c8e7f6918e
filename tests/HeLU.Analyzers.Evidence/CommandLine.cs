using System.CommandLine;

namespace Helu.Analyzers.Evidence;

/// <summary>The options of the console.</summary>
internal static class CommandLine
{
    /// <param name="run">What the options are handed to: seeds, filter, CSV file, whether messages are printed. Its result is the exit code.</param>
    public static RootCommand Create(Func<int, string?, string?, bool, int> run)
    {
        var seeds = new Option<int>("--seeds")
        {
            Description = "Networks that are trained for each program, 1 to 1000; five times as many are looked at as initialised.",
            HelpName = "N",
            DefaultValueFactory = _ => 12,
        };
        seeds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
                result.AddError("--seeds: expected a whole number from 1 to 1000.");
        });
        var filter = new Option<string?>("--filter") { Description = "Only the programs whose area/name contains this.", HelpName = "TEXT" };
        var csv = new Option<string?>("--csv") { Description = "Where all measured layers are written.", HelpName = "FILE" };
        csv.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: > 0 } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
                result.AddError($"--csv: expected a file in a folder that exists, found '{file}'.");
        });
        var messages = new Option<bool>("--messages") { Description = "Print the findings' messages." };
        var root = new RootCommand("Measures dead ReLU units of the corpus's programs and compares them with what the analysers predict.") { seeds, filter, csv, messages };
        root.SetAction(parsed => run(parsed.GetValue(seeds), parsed.GetValue(filter), parsed.GetValue(csv), parsed.GetValue(messages)));
        return root;
    }
}
