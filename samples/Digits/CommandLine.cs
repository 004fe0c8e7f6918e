using System.CommandLine;
using System.Globalization;
using Digits.Data;
using Digits.Models;
using Samples.Common;
using static Samples.Common.OptionValue;

namespace Digits;

/// <summary>The options, their ranges and defaults.</summary>
internal static class CommandLine
{
    /// <param name="run">What the options are handed to. Its token is cancelled by Ctrl+C; its result is the exit code.</param>
    public static RootCommand Create(Func<Options, CancellationToken, int> run)
    {
        Option<string> model = Model();
        Option<double[]> alpha = Alphas();
        Option<int> epochs = WholeNumber("--epochs", "Passes over the training images", 8, 1, 1000);
        Option<int> seeds = WholeNumber("--seeds", "How many times each activation is trained, each time with another seed", 5, 1, 100);
        Option<int> firstSeed = WholeNumber("--seed", "The first seed: of the weights and of the order of the images", 1, 0, 1_000_000);
        Option<double> learningRate = LearningRate();
        // Batches this small leave a second thread little to do, and on a busy machine libtorch's threads wait for each other:
        // an epoch of 0.5 s with one thread took up to 7 s with two on two loaded cores.
        Option<int> threads = WholeNumber("--threads", "Threads that libtorch computes with; more than one slows small models on a busy machine", 1, 1, 256);
        Option<string?> data = Data();
        Option<string?> output = Output();
        Option<string?> export = Export();
        Option<string?> exportOnnx = ExportOnnx();
        Option<string?> monitor = Monitor();
        Option<string?> draw = Draw();

        var root = new RootCommand("Trains an annotated TorchSharp model on digits with ReLU, HeLU and GELU, and compares them.")
        {
            model, alpha, epochs, seeds, firstSeed, learningRate, threads, data, output, export, exportOnnx, monitor, draw,
        };
        root.SetAction((parsed, token) =>
        {
            string name = parsed.GetRequiredValue(model);
            var options = new Options(
                name,
                parsed.GetRequiredValue(alpha),
                parsed.GetRequiredValue(epochs),
                parsed.GetRequiredValue(seeds),
                parsed.GetRequiredValue(firstSeed),
                parsed.GetRequiredValue(learningRate),
                parsed.GetRequiredValue(threads),
                parsed.GetValue(data),
                parsed.GetValue(output) ?? Path.Combine("artifacts", $"digits-{name}.png"),
                parsed.GetValue(export),
                parsed.GetValue(exportOnnx),
                parsed.GetValue(monitor),
                parsed.GetValue(draw));
            // System.CommandLine listens to Ctrl+C only once the action has handed it a task.
            return Task.Run(() => run(options, token), CancellationToken.None);
        });
        return root;
    }

    private static Option<string> Model() => new("--model")
    {
        Description = "mlp: 784-256-128-10. lenet: LeNet-5. deep: 784, six times 32, 10, where units die most easily.",
        HelpName = string.Join('|', ModelCatalog.Names),
        DefaultValueFactory = _ => "mlp",
        CustomParser = result => Parse(result, ModelCatalog.Names.Contains(Given(result)), Given(result), $"one of {string.Join(", ", ModelCatalog.Names)}"),
    };

    private static Option<double> LearningRate() => new("--lr")
    {
        Description = "Learning rate of SGD (momentum 0.9), above 0, at most 10. A high one kills units.",
        HelpName = "RATE",
        DefaultValueFactory = _ => 0.1,
        CustomParser = result => Parse(
            result,
            double.TryParse(Given(result), CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= 10,
            rate,
            "a number above 0 and at most 10"),
    };

    private static Option<double[]> Alphas() => new("--alpha")
    {
        Description = "How far below zero HeLU passes the gradient, 0 or more; several may follow, or repeat it.",
        HelpName = "ALPHA",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [0.001, 0.05],
        CustomParser = result =>
        [
            .. result.Tokens.Select(token => Parse(
                result,
                double.TryParse(token.Value, CultureInfo.InvariantCulture, out double alpha) && double.IsFinite(alpha) && alpha >= 0,
                alpha,
                "a finite number, 0 or more",
                token.Value)),
        ],
    };

    private static Option<string?> Data() => new("--data")
    {
        Description = "Folder with MNIST's train-* and/or t10k-* IDX files, plain or .gz; with one of the two only, its last fifth tests. "
            + "Without it the sample draws 10,000 digits to train and 2,000 to test.",
        HelpName = "DIR",
        CustomParser = result => Parse(result, Directory.Exists(Given(result)), Given(result), "a folder that exists"),
    };

    private static Option<string?> Output() => new("--out")
    {
        Description = "Where the plot is written; folders are made. [default: artifacts/digits-MODEL.png]",
        HelpName = "FILE.png",
        CustomParser = result => Parse(
            result,
            Given(result).EndsWith(".png", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(Given(result)),
            Given(result),
            "a file name that ends in .png"),
    };

    private static Option<string?> Export() => Model(
        "--export",
        ".safetensors",
        "Where the trained model is written for inference without TorchSharp (see the sample Digits.Inference): of all runs, the one with the best "
        + "test accuracy, with the activation that it was trained with; folders are made. After Ctrl+C it is the best of the finished runs.");

    private static Option<string?> ExportOnnx() => Model(
        "--export-onnx",
        ".onnx",
        "Where the same model is written as ONNX, for ONNX Runtime and other engines: input 'images' [batch, 1, 28, 28], output 'output' [batch, 10], logits.");

    private static Option<string?> Model(string name, string extension, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE" + extension,
        CustomParser = result => Parse(
            result,
            Given(result).EndsWith(extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(Given(result)),
            Given(result),
            $"a file name that ends in {extension}"),
    };

    private static Option<string?> Monitor() => new("--monitor")
    {
        Description = "Watches the units while they train, and shows them in a table. Into this folder go, for each run, a CSV file with a row for each epoch and layer and a heat map of "
            + "the dead units as PNG, and into its folder 'tensorboard' the same for TensorBoard; folders are made.",
        HelpName = "DIR",
        CustomParser = result => Parse(result, Given(result).Length > 0 && !File.Exists(Given(result)), Given(result), "a folder"),
    };

    private static Option<string?> Draw() => new("--draw")
    {
        Description = $"Trains nothing: writes {DrawnDigits.ShownCount} drawn digits, none of which it trains or tests with, as t10k-*.gz into a folder.",
        HelpName = "DIR",
        CustomParser = result => Parse(result, Given(result).Length > 0 && !File.Exists(Given(result)), Given(result), "a folder"),
    };
}
