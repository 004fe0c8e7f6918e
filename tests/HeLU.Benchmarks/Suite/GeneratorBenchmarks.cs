using BenchmarkDotNet.Attributes;
using Helu.Benchmarks.Ratios;

namespace Helu.Benchmarks.Suite;

/// <summary>The generator on programs of 1, 100 and 1,000 annotated classes; after an edit.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private Contestants _contestants = null!;

    [ParamsSource(nameof(Names))]
    public string Work { get; set; } = "";

    public static IEnumerable<string> Names => new CompileTime().Comparisons.Select(comparison => comparison.Name);

    [GlobalSetup]
    public void Setup() => _contestants = new CompileTime().Comparisons.Single(comparison => comparison.Name == Work).Prepare();

    [Benchmark]
    public void Generator() => _contestants.A();

    [Benchmark(Baseline = true)]
    public void ComparedWith() => _contestants.B();
}
