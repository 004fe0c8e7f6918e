using BenchmarkDotNet.Attributes;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Suite;

/// <summary>Forward and backward of the activation alone, one thread.</summary>
[MemoryDiagnoser]
public class ActivationBenchmarks : IDisposable
{
    private Tensor _x = null!;
    private Tensor _grad = null!;

    [Params(4096, 65_536, 1_048_576, 16_777_216)]
    public long Size { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        set_num_threads(1);
        _x = TrainingStep.Normal(Size).requires_grad_();
        _grad = TrainingStep.Normal(Size);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _x?.Dispose();
        _grad?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void ReLU() => TrainingStep.Run(x => x.relu(), _x, _grad);

    [Benchmark]
    public void HeLU() => TrainingStep.Run(x => x.helu(), _x, _grad);

    [Benchmark]
    public void CustomFunctionHeLU() => TrainingStep.Run(CustomFunction.Helu, _x, _grad);

    [Benchmark]
    public void ReLUNoGrad() => Forward(x => x.relu());

    [Benchmark]
    public void HeLUNoGrad() => Forward(x => x.helu());

    private void Forward(Func<Tensor, Tensor> activation)
    {
        using IDisposable off = no_grad();
        using Tensor y = activation(_x);
    }
}
