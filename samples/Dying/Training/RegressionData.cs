using TorchSharp;
using static TorchSharp.torch;

namespace Dying.Training;

/// <summary>Samples to train on, and others that the network never sees in training. Targets are standardised: mean 0 and variance 1 over the training samples.</summary>
internal sealed class RegressionData : IDisposable
{
    public const int TrainCount = 2048;
    public const int HeldOutCount = 1024;

    private RegressionData(Tensor trainInputs, Tensor trainTargets, Tensor heldOutInputs, Tensor heldOutTargets) =>
        (TrainInputs, TrainTargets, HeldOutInputs, HeldOutTargets) = (trainInputs, trainTargets, heldOutInputs, heldOutTargets);

    /// <summary>[TrainCount, features]</summary>
    public Tensor TrainInputs { get; }

    /// <summary>[TrainCount, 1]</summary>
    public Tensor TrainTargets { get; }

    /// <summary>[HeldOutCount, features]</summary>
    public Tensor HeldOutInputs { get; }

    /// <summary>[HeldOutCount, 1]</summary>
    public Tensor HeldOutTargets { get; }

    /// <summary>The same samples each time for a generator in the same state.</summary>
    public static RegressionData Draw(RegressionTask task, Generator generator)
    {
        using DisposeScope scope = NewDisposeScope();
        Func<Tensor, Tensor> function = task.Function(generator);
        Tensor trainInputs = task.Inputs(TrainCount, generator), heldOutInputs = task.Inputs(HeldOutCount, generator);
        Tensor trainTargets = function(trainInputs), heldOutTargets = function(heldOutInputs);
        Tensor mean = trainTargets.mean(), deviation = trainTargets.std();
        return new(
            trainInputs.DetachFromDisposeScope(),
            ((trainTargets - mean) / deviation).DetachFromDisposeScope(),
            heldOutInputs.DetachFromDisposeScope(),
            ((heldOutTargets - mean) / deviation).DetachFromDisposeScope());
    }

    public void Dispose()
    {
        TrainInputs.Dispose();
        TrainTargets.Dispose();
        HeldOutInputs.Dispose();
        HeldOutTargets.Dispose();
    }
}
