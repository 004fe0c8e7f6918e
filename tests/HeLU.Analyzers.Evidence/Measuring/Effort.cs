namespace Helu.Analyzers.Evidence.Measuring;

/// <summary>How much is measured.</summary>
/// <param name="TrainedSeeds">Networks that are trained.</param>
/// <param name="InitialSeeds">Networks that are looked at as initialised: they cost little.</param>
/// <param name="Steps">Optimiser steps of a training.</param>
/// <param name="TrainsAll">False to spare the training of programs that are risky at initialisation: it cannot change that they are.</param>
internal sealed record Effort(int TrainedSeeds, int InitialSeeds, int Steps, bool TrainsAll)
{
    /// <summary>What <c>dotnet test</c> measures.</summary>
    public static Effort Small { get; } = new(TrainedSeeds: 2, InitialSeeds: 10, Steps: 120, TrainsAll: false);

    /// <summary>Trains <paramref name="seeds"/> networks of each case and initialises five times as many.</summary>
    public static Effort Of(int seeds) => new(seeds, 5 * seeds, Steps: 200, TrainsAll: true);
}
