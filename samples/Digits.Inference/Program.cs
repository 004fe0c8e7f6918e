using System.CommandLine;
using System.CommandLine.Invocation;
using Digits.Data;
using Digits.Models;
using Helu.Inference;

namespace Digits.Inference;

internal static class Program
{
    private const int Failed = 1;
    private const int Cancelled = 130;

    private static Task<int> Main(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>The whole program: 0, 1 for bad arguments or files, 130 where it was cancelled.</summary>
    internal static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var configuration = new InvocationConfiguration { Output = output, Error = errors };
        ParseResult parsed = CommandLine.Create(Run).Parse(args);
        if (parsed.Action is ParseErrorAction unusable)
            unusable.ShowHelp = false; // It would push the message off the screen.
        return parsed.InvokeAsync(configuration);

        int Run(Options options, CancellationToken token)
        {
            try
            {
                Report(options, output, token);
                return 0;
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"error: {e.Message}");
                return Failed;
            }
            catch (OperationCanceledException)
            {
                errors.WriteLine("Cancelled.");
                return Cancelled;
            }
        }
    }

    private static void Report(Options options, TextWriter output, CancellationToken token)
    {
        if (!Directory.Exists(options.Data))
            throw new DirectoryNotFoundException($"{options.Data}: found no such folder.");
        IdxDigits digits = IdxDigits.Find(options.Data, "t10k") ?? IdxDigits.Find(options.Data, "train") ?? throw IdxDigits.NoneIn(options.Data);
        using LeNetInference model = LeNetInference.Load(
            options.Weights, new InferenceOptions { InputShapes = [[1, IdxDigits.Side, IdxDigits.Side]], Threads = options.Threads });

        var measurement = new Measurement(model, digits, token);
        output.WriteLine($"Weights     {Path.GetFullPath(options.Weights)}");
        output.WriteLine($"Digits      {digits.Count:N0} in {Path.GetFullPath(options.Data)}");
        output.WriteLine($"Accuracy    {measurement.Accuracy():P1}");
        double[] latencies = measurement.Latencies();
        output.WriteLine($"Latency     p50 {Percentile(50):F1} µs, p90 {Percentile(90):F1} µs, p99 {Percentile(99):F1} µs (batch 1, {latencies.Length:N0} calls)");
        output.WriteLine($"Throughput  {measurement.ImagesPerSecond(options.Batch):N0} images/s (batch {options.Batch}, {options.Threads} thread{(options.Threads == 1 ? "" : "s")})");

        double Percentile(int percent) => latencies[(int)Math.Ceiling(percent / 100.0 * latencies.Length) - 1];
    }
}
