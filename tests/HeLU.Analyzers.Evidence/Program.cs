using Helu.Analyzers.Evidence.Cases;
using Helu.Analyzers.Evidence.Measuring;
using Helu.Analyzers.Evidence.Predicting;
using Helu.Analyzers.Evidence.Report;
using Spectre.Console;
using TorchSharp;

namespace Helu.Analyzers.Evidence;

internal static class Program
{
    private const int Failed = 1;

    private static int Main(string[] args) => CommandLine.Create(Run).Parse(args).Invoke();

    private static int Run(int seeds, string? filter, string? csv, bool messages)
    {
        // The programs are small, and the same sums in the same order make a run repeatable.
        torch.set_num_threads(1);
        EvidenceCase[] cases = [.. CorpusFiles.Cases.Where(@case => filter is null || @case.ToString().Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (cases.Length == 0)
        {
            Console.Error.WriteLine($"error: --filter: no program's area/name contains '{filter}'.");
            return Failed;
        }
        var results = new List<CaseResult>();
        foreach (EvidenceCase @case in cases)
        {
            Console.Error.WriteLine($"{results.Count + 1}/{cases.Length} {@case}");
            results.Add(CaseResult.Of(@case, Effort.Of(seeds)));
        }
        Tables.Write(AnsiConsole.Console, results);
        if (messages)
            results.ForEach(WriteMessages);
        if (csv is not null)
            CsvFile.Write(csv, results);
        return 0;
    }

    private static void WriteMessages(CaseResult result)
    {
        foreach (Prediction prediction in result.Predictions)
            Console.WriteLine($"{result.Case}({prediction.Line}): {prediction.Rule}: {prediction.Message}");
    }
}
