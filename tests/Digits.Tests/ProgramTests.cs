using Digits.Data;
using Spectre.Console;

namespace Digits.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task A_run_prints_a_table_and_writes_a_plot_into_a_new_folder()
    {
        _folder.WriteDigits("t10k", 100);
        string plot = Path.Combine(_folder.Path, "new", "curves.png");

        int exitCode = await Run("--data", _folder.Path, "--epochs", "1", "--seeds", "1", "--threads", "1", "--alpha", "0.01", "--out", plot);

        Assert.Equal("", _errors.ToString());
        Assert.Equal(0, exitCode);
        Assert.All(["80 training, 20 test images", "ReLU", "HeLU 0.01", "GELU", "fc1", "fc2", plot], text => Assert.Contains(text, Joined(), StringComparison.Ordinal));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(plot)[..4]);
    }

    [Theory]
    [InlineData("--model", "vgg", "--model: found 'vgg', expected one of mlp, lenet, deep.")]
    [InlineData("--alpha", "-0.1", "--alpha: found '-0.1', expected a finite number, 0 or more.")]
    [InlineData("--alpha", "NaN", "--alpha: found 'NaN', expected a finite number, 0 or more.")]
    [InlineData("--epochs", "0", "--epochs: found '0', expected a whole number from 1 to 1000.")]
    [InlineData("--seeds", "many", "--seeds: found 'many', expected a whole number from 1 to 100.")]
    [InlineData("--seed", "-1", "--seed: found '-1', expected a whole number from 0 to 1000000.")]
    [InlineData("--lr", "0", "--lr: found '0', expected a number above 0 and at most 10.")]
    [InlineData("--threads", "0", "--threads: found '0', expected a whole number from 1 to 256.")]
    [InlineData("--data", "no/such/folder", "--data: found 'no/such/folder', expected a folder that exists.")]
    [InlineData("--export", "weights.bin", "--export: found 'weights.bin', expected a file name that ends in .safetensors.")]
    [InlineData("--export-onnx", "model.pb", "--export-onnx: found 'model.pb', expected a file name that ends in .onnx.")]
    [InlineData("--monitor", "", "--monitor: found '', expected a folder.")]
    [InlineData("--out", "curves.jpg", "--out: found 'curves.jpg', expected a file name that ends in .png.")]
    public async Task A_bad_option_is_named_with_what_was_found_and_expected(string option, string value, string expected)
    {
        Assert.Equal(1, await Run(option, value));
        Assert.Equal(expected, _errors.ToString().Trim());
    }

    [Fact]
    public async Task An_export_writes_the_best_model_and_says_which_it_is()
    {
        _folder.WriteDigits("t10k", 100);
        string weights = Path.Combine(_folder.Path, "new", "mlp.safetensors"), onnx = Path.Combine(_folder.Path, "onnx", "mlp.onnx");

        int exitCode = await Run("--data", _folder.Path, "--epochs", "1", "--seeds", "1", "--out", _folder.File("curves.png"), "--export", weights, "--export-onnx", onnx);

        Assert.Equal("", _errors.ToString());
        Assert.Equal(0, exitCode);
        Assert.Contains($"Model: {weights} (", Joined(), StringComparison.Ordinal);
        Assert.Contains($"Model: {onnx} (", Joined(), StringComparison.Ordinal);
        Assert.True(File.Exists(weights));
        Assert.True(File.Exists(onnx));
    }

    [Fact]
    public async Task Watched_units_are_shown_in_a_table_and_written_for_each_run_and_epoch()
    {
        _folder.WriteDigits("t10k", 100);
        string units = _folder.File("units");

        int exitCode = await RunOn(Terminal(), "--data", _folder.Path, "--epochs", "2", "--seeds", "1", "--alpha", "0.01", "--out", _folder.File("curves.png"), "--monitor", units);

        Assert.Equal("", _errors.ToString());
        Assert.Equal(0, exitCode);
        Assert.Contains("silent, %", _output.ToString(), StringComparison.Ordinal);
        foreach (string run in new[] { "ReLU-seed1", "HeLU-0.01-seed1", "GELU-seed1" })
        {
            string[] rows = File.ReadAllLines(Path.Combine(units, run + ".csv"));
            Assert.Equal(["layer", "fc1", "fc2", "fc1", "fc2"], rows.Select(row => row.Split(',')[4]));
            Assert.Equal(["window", "0", "0", "1", "1"], rows.Select(row => row.Split(',')[0]));
            Assert.True(File.Exists(Path.Combine(units, run + ".png")));
            Assert.Single(Directory.GetFiles(Path.Combine(units, "tensorboard", run), "events.out.tfevents.*"));
        }
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_named_before_the_training()
    {
        File.WriteAllText(_folder.File("file"), "");
        string weights = Path.Combine(_folder.Path, "file", "mlp.safetensors");

        Assert.Equal(1, await Run("--epochs", "1000", "--out", _folder.File("curves.png"), "--export", weights));

        Assert.StartsWith("error: ", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(_folder.File("file"), _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("training", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drawn_digits_are_written_into_a_new_folder()
    {
        string folder = _folder.File("drawn");

        Assert.Equal(0, await Run("--draw", folder));

        IdxDigits digits = IdxDigits.Find(folder, "t10k")!;
        Assert.Equal(DrawnDigits.ShownCount, digits.Count);
        Assert.All(digits.Labels.CountBy(label => label), count => Assert.Equal(DrawnDigits.ShownCount / 10, count.Value));
    }

    [Fact]
    public async Task Bad_data_ends_with_one_line_and_exit_code_1()
    {
        File.WriteAllText(_folder.File("t10k-images-idx3-ubyte.gz"), "<html>");
        File.WriteAllText(_folder.File("t10k-labels-idx1-ubyte.gz"), "<html>");

        Assert.Equal(1, await Run("--data", _folder.Path, "--out", _folder.File("curves.png")));

        string message = Assert.Single(_errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"error: {_folder.File("t10k-images-idx3-ubyte.gz")}: found damaged gzip data", message, StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] args) => RunOn(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output), Ansi = AnsiSupport.No }), args);

    private Task<int> RunOn(IAnsiConsole console, params string[] args) => Program.RunAsync(args, console, _errors);

    private IAnsiConsole Terminal()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_output),
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
        });
        console.Profile.Width = 140;
        return console;
    }

    /// <summary>The output without the line breaks that its width brings.</summary>
    private string Joined() => _output.ToString().Replace(Environment.NewLine, "", StringComparison.Ordinal);
}
