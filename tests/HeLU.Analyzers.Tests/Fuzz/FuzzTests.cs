using System.Globalization;

namespace Helu.Analyzers.Tests.Fuzz;

/// <summary>
/// Broken variants of the programs that the evidence is measured on. HELU_FUZZ_PROGRAMS says how many, HELU_FUZZ_SEED which; a failure names both and shows the program.
/// </summary>
public class FuzzTests
{
    private const string CountVariable = "HELU_FUZZ_PROGRAMS";
    private const string SeedVariable = "HELU_FUZZ_SEED";
    private const int DefaultCount = 100;
    private const int DefaultSeed = 20261124;

    /// <summary>Far more than any program takes on a busy machine, so that only a loop without end reaches it.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Generator_rules_and_fixes_stand_whatever_is_typed()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "corpus");
        string[] common = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        string[] corpus = [.. Directory.GetDirectories(folder).SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        Assert.True(corpus.Length >= 60, "The corpus of HeLU.Analyzers.Evidence is not beside the tests.");
        int seed = Number(SeedVariable, DefaultSeed);
        var mutator = new Mutator(corpus, seed);
        string[] programs = [.. Enumerable.Range(0, Number(CountVariable, DefaultCount)).Select(_ => mutator.Next())];
        var failures = new List<string>();
        int fixes = 0;

        await Parallel.ForEachAsync(programs, async (program, _) =>
        {
            using var watchdog = new CancellationTokenSource(s_longest);
            (IReadOnlyList<string> faults, int applied) = await Outcome([.. common, program], watchdog.Token);
            Interlocked.Add(ref fixes, applied);
            if (faults.Count == 0)
                return;
            lock (failures)
                failures.Add($"{SeedVariable}={seed}: {string.Join("\n", faults)}\n--- program\n{program}");
        });

        Assert.True(fixes > 0, "No fix was offered for any program.");
        Assert.True(failures.Count == 0, $"{failures.Count} of {programs.Length} programs\n{failures.FirstOrDefault()}");
    }

    /// <summary>Any exception is a finding: the tested code promises none.</summary>
    private static async Task<(IReadOnlyList<string> Faults, int Fixes)> Outcome(IReadOnlyList<string> sources, CancellationToken token)
    {
        Task<(IReadOnlyList<string>, int)> session = EditorSession.Run(sources, token);
        await Task.WhenAny(session);
        return session.IsCompletedSuccessfully ? await session : ([session.Exception?.ToString() ?? $"not done after {s_longest}"], 0);
    }

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : usual;
}
