using BenchmarkDotNet.Attributes;
using Helu.Benchmarks.Ratios;
using Helu.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Full;

/// <summary>A training step of the activation alone, with allocations.</summary>
[MemoryDiagnoser]
public class HeluBenchmarks
{
    private Tensor _x = null!;
    private Tensor _gradient = null!;

    [Params(4_096, 262_144, 4_194_304)]
    public long Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        set_num_threads(1);
        _x = randn(Size).requires_grad_();
        _gradient = randn(Size);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _x.Dispose();
        _gradient.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void ReLU() => Step(x => x.relu());

    [Benchmark]
    public void HeLU() => Step(x => x.helu(0.05));

    [Benchmark]
    public void CustomFunction() => Step(x => HeluFunction.apply(x, 0.05));

    private void Step(Func<Tensor, Tensor> activation)
    {
        using (NewDisposeScope())
            activation(_x).backward([_gradient]);
        _x.grad?.Dispose();
        _x.grad = null!;
    }
}
