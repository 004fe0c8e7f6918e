using Helu.Analyzers.Evidence.Cases;

namespace Helu.Analyzers.Evidence.Measuring;

/// <summary>What was measured of a case. All shares and rates are 0 to 1, means over seeds.</summary>
/// <param name="Layers">Its ReLU layers in the order in which they run.</param>
/// <param name="AllDeadAtInitialisation">Rate of networks whose output is constant because a ReLU layer is dead as a whole.</param>
/// <param name="AllDeadTrained">The same after training.</param>
/// <param name="Diverged">Rate of trained networks whose output is not finite.</param>
internal sealed record Measurement(IReadOnlyList<LayerDeath> Layers, double AllDeadAtInitialisation, double AllDeadTrained, double Diverged)
{
    /// <summary>From this share of dead units in a layer on a case counts as risky.</summary>
    public const double RiskyShare = 0.3;

    /// <summary>From this rate of wholly dead networks on a case counts as risky.</summary>
    public const double RiskyRate = 0.1;

    public double WorstAtInitialisation => Layers.Select(layer => layer.AtInitialisation).DefaultIfEmpty().Max();

    public double WorstTrained => Layers.Select(layer => layer.Trained).DefaultIfEmpty().Max();

    public bool IsRisky =>
        Math.Max(WorstAtInitialisation, WorstTrained) >= RiskyShare || Math.Max(AllDeadAtInitialisation, AllDeadTrained) >= RiskyRate;

    public static Measurement Of(EvidenceCase @case, Effort effort)
    {
        using var program = new CaseProgram(@case);
        NetworkState[] initial = [.. Enumerable.Range(1, effort.InitialSeeds).Select(seed => NetworkState.Of(program, seed, steps: 0))];
        Measurement untrained = Of(initial, []);
        return untrained.IsRisky && !effort.TrainsAll
            ? untrained
            : Of(initial, [.. Enumerable.Range(1, effort.TrainedSeeds).Select(seed => NetworkState.Of(program, seed, effort.Steps))]);
    }

    private static Measurement Of(NetworkState[] initial, NetworkState[] trained)
    {
        IEnumerable<LayerDeath> layers = initial[0].Relus.Select((relu, index) => new LayerDeath(
            relu.Line, relu.Call, relu.Units, Mean(initial, network => network.Relus[index].DeadShare), Mean(trained, network => network.Relus[index].DeadShare)));
        return new(
            [.. layers], Mean(initial, network => network.IsAllDead ? 1 : 0), Mean(trained, network => network.IsAllDead ? 1 : 0), Mean(trained, network => network.HasDiverged ? 1 : 0));
    }

    /// <summary>0 where there is no network.</summary>
    private static double Mean(NetworkState[] networks, Func<NetworkState, double> value) => networks.Select(value).DefaultIfEmpty().Average();
}
