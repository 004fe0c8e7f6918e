using Dying.Measuring;
using Helu;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dying.Training;

/// <summary>Trains one network from scratch. Runs may go side by side: each takes all its random numbers from generators of its own.</summary>
internal static class Trainer
{
    /// <summary>
    /// With the same seed, setups that differ in other things start from the same weights, and see the same batches in the same order.
    /// </summary>
    /// <exception cref="OperationCanceledException">token was cancelled; what was trained is lost.</exception>
    public static (NetworkState Start, NetworkState End, double RelativeLoss) Train(Setup setup, int seed, CancellationToken token)
    {
        // One network a core, not one over all cores. OpenMP keeps the number for each thread, so that each has to say it.
        set_num_threads(1);
        using IDisposable activation = Activation.Override(setup.Activation.Kind, setup.Activation.Alpha);
        using Generator ofData = Random(seed, 0), ofWeights = Random(seed, 1), ofBatches = Random(seed, 2);
        using RegressionData data = RegressionData.Draw(setup.Task, ofData);
        using var network = new Network(setup);
        InitialWeights.Fill(network, setup, ofWeights);
        double reach = Reach(setup.Activation);

        NetworkState start = Untrained(network, data, reach);
        Train(network, setup, data, ofBatches, token);
        network.eval();
        return (start, UnitCount.Of(network, data.HeldOutInputs, reach), RelativeLoss(network, data));
    }

    /// <summary>HeLU's own alpha, and its default for the other activations.</summary>
    private static double Reach(ActivationChoice activation) => activation is { Kind: Kind.HeLU, Alpha: { } alpha } ? alpha : 0.05;

    private static Generator Random(int seed, int purpose) => new((ulong)((3L * seed) + purpose));

    /// <summary>
    /// BatchNorm has seen nothing yet that it could normalise by in evaluation mode, so that it takes the inputs' own mean and variance, as in training.
    /// </summary>
    private static NetworkState Untrained(Network network, RegressionData data, double reach)
    {
        network.train();
        NetworkState state = UnitCount.Of(network, data.HeldOutInputs, reach);
        foreach (BatchNorm1d norm in network.modules().OfType<BatchNorm1d>())
            norm.reset_running_stats();
        return state;
    }

    private static void Train(Network network, Setup setup, RegressionData data, Generator random, CancellationToken token)
    {
        using optim.Optimizer optimizer = optim.SGD(network.parameters(), setup.LearningRate, setup.Momentum);
        for (int step = 0; step < setup.Steps; step++)
        {
            token.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            Tensor chosen = randint(RegressionData.TrainCount, [setup.BatchSize], generator: random);
            Tensor inputs = data.TrainInputs.index_select(0, chosen), targets = data.TrainTargets.index_select(0, chosen);
            optimizer.zero_grad();
            nn.functional.mse_loss(network.call(inputs), targets).backward();
            optimizer.step();
        }
    }

    private static double RelativeLoss(Network network, RegressionData data)
    {
        using var off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        // The targets' mean over the training samples is 0: predicting it costs their mean square.
        double loss = nn.functional.mse_loss(network.call(data.HeldOutInputs), data.HeldOutTargets).item<float>();
        double ofMean = data.HeldOutTargets.square().mean().item<float>();
        return double.IsFinite(loss) ? loss / ofMean : double.PositiveInfinity;
    }
}
