namespace Helu.Watching;

/// <summary>What the activations of a model did over a number of steps.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="FirstStep">The first step in it, counted from 0 since the monitor was attached.</param>
/// <param name="Steps">How many steps it spans.</param>
/// <param name="SampledSteps">How many of them were sampled.</param>
/// <param name="Layers">The activation layers in the order in which they first ran.</param>
public sealed record ActivationWindow(int Index, long FirstStep, long Steps, long SampledSteps, IReadOnlyList<LayerActivity> Layers)
{
    /// <summary>The last step in it, counted as <see cref="FirstStep"/>.</summary>
    public long LastStep => FirstStep + Steps - 1;

    /// <summary>How many units of all layers never fired.</summary>
    public int DeadUnits => Layers.Sum(layer => layer.DeadUnits);

    /// <summary>How many units all layers have.</summary>
    public int Units => Layers.Sum(layer => layer.Units.Count);

    /// <summary>Share of units of all layers that never fired, 0 to 1.</summary>
    public double DeadShare => DeadUnits / (double)Units;
}
