using BenchmarkDotNet.Attributes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Suite;

/// <summary>A training step of Linear and activation, one thread.</summary>
[MemoryDiagnoser]
public class LinearBenchmarks : IDisposable
{
    private Tensor _x = null!;
    private Tensor _grad = null!;
    private Linear _linear = null!;
    private ReLU _relu = null!;
    private Modules.HeLU _helu = null!;

    [Params(32, 256)]
    public long Batch { get; set; }

    [Params(128, 512)]
    public long Width { get; set; }

    [Params(false, true)]
    public bool InPlace { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        set_num_threads(1);
        _x = TrainingStep.Normal(Batch, Width);
        _grad = TrainingStep.Normal(Batch, Width);
        _linear = nn.Linear(Width, Width);
        _relu = nn.ReLU(InPlace);
        _helu = nn.HeLU(inplace: InPlace);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (IDisposable? held in new IDisposable?[] { _x, _grad, _linear, _relu, _helu })
            held?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void ReLU() => TrainingStep.Run(_linear, _relu, _x, _grad);

    [Benchmark]
    public void HeLU() => TrainingStep.Run(_linear, _helu, _x, _grad);
}
