using System.Diagnostics;
using Digits.Data;
using Digits.Report;
using Helu;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Digits.Training;

/// <summary>Trains a model from scratch, with SGD and momentum.</summary>
/// <param name="create">A new model, its weights from TorchSharp's default generator.</param>
/// <param name="trained">Told of each model at the end of its run, before it is disposed.</param>
/// <param name="units">Where what the units do is reported to.</param>
internal sealed class Trainer(
    DigitSet digits,
    Func<Module<Tensor, Tensor>> create,
    int epochs,
    double learningRate,
    Action<Run, Module<Tensor, Tensor>>? trained = null,
    UnitReports? units = null)
{
    public const int BatchSize = 64;
    public const double Momentum = 0.9;

    /// <summary>
    /// With the same seed every configuration starts from the same weights and sees the same batches in the same order.
    /// </summary>
    /// <param name="epochDone">Told the number of epochs done, from 1.</param>
    /// <exception cref="OperationCanceledException">token was cancelled; what was trained is lost.</exception>
    public Run Train(Configuration configuration, int seed, Action<int> epochDone, CancellationToken token)
    {
        // On this thread every ReLU of annotated code is now the configuration's activation: of a module built here, and of a call made here.
        using IDisposable activation = Activation.Override(configuration.Kind, configuration.Alpha);
        manual_seed(seed);
        using Module<Tensor, Tensor> model = create();
        using optim.Optimizer optimizer = optim.SGD(model.parameters(), learningRate, Momentum);
        using var order = new Generator((ulong)seed);
        using WatchedTraining? watched = units?.Watch(configuration, seed, model);

        List<Snapshot> snapshots = [Evaluation.Snapshot(model, digits.Train, token)];
        List<TimeSpan> times = [];
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            long start = Stopwatch.GetTimestamp();
            TrainEpoch(model, optimizer, order, token);
            times.Add(Stopwatch.GetElapsedTime(start));
            watched?.EndEpoch();
            snapshots.Add(Evaluation.Snapshot(model, digits.Train, token));
            epochDone(epoch);
        }
        var run = new Run(configuration, seed, Evaluation.Accuracy(model, digits.Test, token), snapshots, times);
        trained?.Invoke(run, model);
        return run;
    }

    private void TrainEpoch(Module<Tensor, Tensor> model, optim.Optimizer optimizer, Generator order, CancellationToken token)
    {
        using DisposeScope epoch = NewDisposeScope();
        model.train();
        foreach (Tensor chosen in randperm(digits.Train.Count, generator: order).split(BatchSize))
        {
            token.ThrowIfCancellationRequested();
            using DisposeScope batch = NewDisposeScope();
            Tensor images = digits.Train.Images.index_select(0, chosen);
            Tensor labels = digits.Train.Labels.index_select(0, chosen);
            optimizer.zero_grad();
            cross_entropy(model.call(images), labels).backward();
            optimizer.step();
        }
    }
}
