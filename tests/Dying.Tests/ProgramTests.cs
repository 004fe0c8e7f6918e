using Spectre.Console;

namespace Dying.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dying-tests-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task A_quick_run_prints_a_table_of_each_situation_and_writes_plots_and_runs()
    {
        string folder = Path.Combine(_folder, "new");

        int exitCode = await Run("--quick", "--seeds", "1", "--threads", "2", "--out", folder);

        Assert.Equal("", _errors.ToString());
        Assert.Equal(0, exitCode);
        string[] situations = ["deep-narrow", "default-init", "momentum", "large-rate", "negative-bias", "output-relu"];
        Assert.All(situations, situation =>
        {
            Assert.Contains($"{situation}: ", Joined(), StringComparison.Ordinal);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(folder, $"{situation}.png"))[..4]);
        });
        Assert.Contains("What does HeLU fix, and what not?", Joined(), StringComparison.Ordinal);
        Assert.Equal(situations, File.ReadLines(Path.Combine(folder, "runs.csv")).Skip(1).Select(line => line.Split(',')[0]).Distinct());
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_run_whatever_its_case()
    {
        Assert.Equal(0, await Run("--quick", "--situation", "Large-Rate", "momentum", "--remedy", "helu-0.5", "--out", _folder));

        string[][] runs = [.. File.ReadLines(Path.Combine(_folder, "runs.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(
            from situation in new[] { "momentum", "large-rate" } from seed in new[] { "1", "2", "3" } from remedy in new[] { "ReLU", "HeLU-0.5" } select (situation, remedy, seed),
            runs.Select(cells => (cells[0], cells[1], cells[2])));
    }

    [Theory]
    [InlineData("--situation", "deep", "--situation: found 'deep', expected one of deep-narrow, default-init, momentum, large-rate, negative-bias, output-relu.")]
    [InlineData("--seeds", "0", "--seeds: found '0', expected a whole number from 1 to 1000.")]
    [InlineData("--threads", "two", "--threads: found 'two', expected a whole number from 1 to 256.")]
    [InlineData("--out", "", "--out: found '', expected a folder.")]
    public async Task A_bad_option_is_named_with_what_was_found_and_expected(string option, string value, string expected)
    {
        Assert.Equal(1, await Run(option, value));
        Assert.Equal(expected, _errors.ToString().Trim());
    }

    [Fact]
    public async Task An_unknown_remedy_is_answered_with_all_that_are_known()
    {
        Assert.Equal(1, await Run("--remedy", "HeLU-2"));
        string message = _errors.ToString().Trim();
        Assert.StartsWith("--remedy: found 'HeLU-2', expected one of HeLU-0.001, ", message, StringComparison.Ordinal);
        Assert.All(["lr/10", "width-7", "zero-bias", "no-output-ReLU"], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_remedy_that_changes_nothing_in_the_situations_asked_for_is_refused()
    {
        Assert.Equal(1, await Run("--situation", "momentum", "--remedy", "zero-bias", "--out", _folder));
        Assert.Equal("error: --remedy zero-bias changes nothing in momentum.", _errors.ToString().Trim());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_before_the_training()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Equal(1, await Run("--seeds", "1000", "--out", Path.Combine(file, "results")));

        Assert.StartsWith("error: ", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(file, _errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("deep-narrow", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] args)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_output), Ansi = AnsiSupport.No });
        return Program.RunAsync(args, console, _errors);
    }

    /// <summary>The output without the line breaks that its width brings.</summary>
    private string Joined() => _output.ToString().Replace(Environment.NewLine, "", StringComparison.Ordinal);
}
