using BenchmarkDotNet.Attributes;
using Helu.Benchmarks.Ratios;

namespace Helu.Benchmarks.Full;

/// <summary>The generator on programs of 1, 100 and 1,000 annotated classes; after an edit.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private Pair _pair = null!;

    [ParamsSource(nameof(Names))]
    public string Work { get; set; } = "";

    public static IEnumerable<string> Names => CompileRatios.All().Select(ratio => ratio.Name);

    [GlobalSetup]
    public void Setup() => _pair = CompileRatios.All().Single(ratio => ratio.Name == Work).Prepare();

    [Benchmark]
    public void Generator() => _pair.A();

    [Benchmark(Baseline = true)]
    public void ComparedWith() => _pair.B();
}
