using System.Globalization;
using System.Text.RegularExpressions;
using Digits.Tests;

namespace Digits.Inference.Tests;

public sealed partial class ProgramTests : IDisposable
{
    private static readonly string s_weights = Path.Combine(AppContext.BaseDirectory, "Trained", "lenet.safetensors");

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _errors = new(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task The_weights_that_come_with_the_sample_read_its_digits()
    {
        int exitCode = await Run("--batch", "8");

        Assert.Equal("", _errors.ToString());
        Assert.Equal(0, exitCode);
        Assert.Contains("300 in ", _output.ToString(), StringComparison.Ordinal);
        // In training the test accuracy was 97.6 %, on other digits drawn in the same way.
        Assert.InRange(double.Parse(Accuracy().Match(_output.ToString()).Groups[1].Value, CultureInfo.InvariantCulture), 95, 100);
        Assert.Matches(@"p50 [\d.]+ µs, p90 [\d.]+ µs, p99 [\d.]+ µs", _output.ToString());
        Assert.Matches(@"[\d,]+ images/s \(batch 8, 1 thread\)", _output.ToString());
    }

    [Theory]
    [InlineData("t10k", "")]
    [InlineData("train", ".gz")]
    public async Task A_folder_with_one_part_of_Mnist_is_enough(string part, string suffix)
    {
        _folder.WriteDigits(part, 3, suffix);
        Assert.Equal(0, await Run("--data", _folder.Path, "--batch", "4"));
        Assert.Contains($"3 in {_folder.Path}", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_of_the_training_side_stands_beside_it()
    {
        string[] files = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path))];
        Assert.Contains("HeLU.Inference.dll", files);
        Assert.DoesNotContain(files, file => file == "HeLU.dll" || TrainingSide().IsMatch(file));
    }

    [Theory]
    [InlineData("--batch", "0", "--batch: found '0', expected a whole number from 1 to 10000.")]
    [InlineData("--threads", "many", "--threads: found 'many', expected a whole number from 1 to 256.")]
    public async Task A_bad_option_is_named_with_what_was_found_and_expected(string option, string value, string expected)
    {
        Assert.Equal(1, await Run(option, value));
        Assert.Equal(expected, _errors.ToString().Trim());
    }

    [Fact]
    public Task A_missing_weights_file_is_named() => AssertFault(_folder.File("none.safetensors"), _folder.File("none.safetensors"));

    [Fact]
    public Task A_missing_data_folder_is_named() => AssertFault(_folder.File("none"), "--data", _folder.File("none"));

    [Fact]
    public Task A_folder_without_digits_is_told_which_files_belong_there() => AssertFault("found no digits, expected train-images-idx3-ubyte", "--data", _folder.Path);

    [Fact]
    public Task A_weights_file_that_was_cut_off_is_refused()
    {
        File.WriteAllBytes(_folder.File("cut.safetensors"), File.ReadAllBytes(s_weights)[..10_000]);
        return AssertFault(_folder.File("cut.safetensors"), _folder.File("cut.safetensors"));
    }

    [Fact]
    public Task Text_in_place_of_weights_is_refused()
    {
        File.WriteAllText(_folder.File("text.safetensors"), "<html>not found</html>");
        return AssertFault(_folder.File("text.safetensors"), _folder.File("text.safetensors"));
    }

    private async Task AssertFault(string expected, params string[] args)
    {
        Assert.Equal(1, await Run(args));
        string message = Assert.Single(_errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] args) => Program.RunAsync(args, _output, _errors);

    [GeneratedRegex(@"Accuracy +([\d.]+) ?%")]
    private static partial Regex Accuracy();

    [GeneratedRegex("torch|SkiaSharp|Protobuf|SharpZipLib", RegexOptions.IgnoreCase)]
    private static partial Regex TrainingSide();
}
