using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Digits.Inference;

/// <summary>The arguments, their ranges and defaults.</summary>
internal static class CommandLine
{
    /// <summary>Weights and digits that come with the sample.</summary>
    private static readonly string s_trained = Path.Combine(AppContext.BaseDirectory, "Trained");

    /// <param name="run">What the arguments are handed to. Its token is cancelled by Ctrl+C; its result is the exit code.</param>
    public static RootCommand Create(Func<Options, CancellationToken, int> run)
    {
        var weights = new Argument<string>("weights")
        {
            Description = "LeNet's weights: what the sample Digits writes with --model lenet --export FILE.safetensors. [default: the file that comes with the sample]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var data = new Option<string>("--data")
        {
            Description = "Folder with MNIST's t10k-* or train-* IDX files, plain or .gz. [default: the 300 drawn digits that come with the sample]",
            HelpName = "DIR",
        };
        Option<int> batch = WholeNumber("--batch", "Images in one call, for the images per second", 64, 1, 10_000);
        Option<int> threads = WholeNumber("--threads", "Threads of one call", 1, 1, 256);

        var root = new RootCommand("Runs a trained LeNet without TorchSharp: accuracy, latency and throughput.") { weights, data, batch, threads };
        root.SetAction((parsed, token) =>
        {
            var options = new Options(
                parsed.GetValue(weights) ?? Path.Combine(s_trained, "lenet.safetensors"),
                parsed.GetValue(data) ?? s_trained,
                parsed.GetRequiredValue(batch),
                parsed.GetRequiredValue(threads));
            // System.CommandLine listens to Ctrl+C only once the action has handed it a task.
            return Task.Run(() => run(options, token), CancellationToken.None);
        });
        return root;
    }

    private static Option<int> WholeNumber(string name, string description, int byDefault, int from, int to) => new(name)
    {
        Description = $"{description}, {from} to {to}.",
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse(result, name, from, to),
    };

    private static int Parse(ArgumentResult result, string name, int from, int to)
    {
        string given = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (!int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) || number < from || number > to)
            result.AddError($"{name}: found '{given}', expected a whole number from {from} to {to}.");
        return number;
    }
}
