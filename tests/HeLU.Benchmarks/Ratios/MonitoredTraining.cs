using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Ratios;

/// <summary>Ten training steps (forward, backward, SGD) of a model of which a <see cref="DeadUnitMonitor"/> samples one, against ten of the same model without a monitor.</summary>
internal sealed class MonitoredTraining : IComparisonGroup
{
    private const int Steps = 10;

    public IEnumerable<Comparison> Comparisons =>
    [
        new("monitor.mlp.784-512-512-10.b128", "monitored", "not", () => Prepare(Mlp, [128, 784])),
        new("monitor.conv.3-16-32.32x32.b64", "monitored", "not", () => Prepare(Conv, [64, 3, 32, 32])),
    ];

    private static Sequential Mlp() => Sequential(Linear(784, 512), ReLU(), Linear(512, 512), ReLU(), Linear(512, 10));

    private static Sequential Conv() => Sequential(
        Conv2d(3, 16, 3, padding: 1), ReLU(), MaxPool2d(2), Conv2d(16, 32, 3, padding: 1), ReLU(), MaxPool2d(2), Flatten(), Linear(32 * 8 * 8, 10));

    private static Contestants Prepare(Func<Sequential> create, long[] shape)
    {
        Tensor x = TrainingStep.Normal(shape);
        Tensor labels = arange(shape[0]).remainder(10);
        Sequential watched = create();
        Sequential plain = create();
        optim.Optimizer watchedOptimizer = optim.SGD(watched.parameters(), 0.01);
        optim.Optimizer plainOptimizer = optim.SGD(plain.parameters(), 0.01);
        var monitor = DeadUnitMonitor.Attach(watched, new() { Every = Steps, WindowSteps = 100 * Steps });
        return new Contestants(
            () => Train(watched, watchedOptimizer, x, labels),
            () => Train(plain, plainOptimizer, x, labels),
            monitor, watchedOptimizer, plainOptimizer, watched, plain, x, labels);
    }

    private static void Train(Sequential model, optim.Optimizer optimizer, Tensor x, Tensor labels)
    {
        for (int step = 0; step < Steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            functional.cross_entropy(model.call(x), labels).backward();
            optimizer.step();
        }
    }
}
