namespace Helu.Watching;

/// <summary>One activation layer over a window.</summary>
/// <param name="Layer">
/// Where it stands: the module's path (<c>features.2</c>) or, for a function called in annotated code, the producer's (<c>fc1</c>). What runs several times in one call of the
/// model is numbered from the second time on: <c>relu</c>, <c>relu#2</c>.
/// </param>
/// <param name="Activation">What it computes, by the name of its <see cref="Kind"/> or module.</param>
/// <param name="Alpha">How far below zero a dead unit counts as within HeLU's reach.</param>
/// <param name="Inputs">How many inputs each unit saw: the product of the dimensions before the units', over all sampled steps.</param>
/// <param name="Units">Its units in order.</param>
public sealed record LayerActivity(string Layer, string Activation, double Alpha, long Inputs, IReadOnlyList<UnitActivity> Units)
{
    /// <summary>How many units never fired.</summary>
    public int DeadUnits { get; } = Units.Count(unit => unit.IsDead);

    /// <summary>How many of the dead units are within HeLU's reach.</summary>
    public int UnitsWithinReach { get; } = Units.Count(unit => unit.IsWithinReach);

    /// <summary>Mean <see cref="UnitActivity.DynamicDeadRate"/> of the units, 0 to 1.</summary>
    public double DynamicDeadRate { get; } = Units.Average(unit => unit.DynamicDeadRate);

    /// <summary>Share of outputs that are exactly 0, 0 to 1.</summary>
    public double Sparsity { get; } = Units.Average(unit => unit.Sparsity);

    /// <summary>Mean of all outputs.</summary>
    public double MeanActivation { get; } = Units.Average(unit => unit.MeanActivation);

    /// <summary>Share of units that never fired, 0 to 1.</summary>
    public double DeadShare => DeadUnits / (double)Units.Count;

    /// <summary>Share of all units that are dead and within HeLU's reach, 0 to 1.</summary>
    public double ShareWithinReach => UnitsWithinReach / (double)Units.Count;
}
