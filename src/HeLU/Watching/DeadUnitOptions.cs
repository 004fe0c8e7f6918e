using Helu.Activations;

namespace Helu.Watching;

/// <summary>What a <see cref="DeadUnitMonitor"/> samples, and how it reads it.</summary>
public sealed record DeadUnitOptions
{
    /// <summary>Of each window, the first step is sampled and then every Nth: 1 or more. Default: 10</summary>
    /// <remarks>A step is one call of the watched model; one that is not sampled runs its hooks, which count it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Every
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Every), value, "Every Nth step is sampled: 1 or more.");
    } = 10;

    /// <summary>
    /// Steps after which a window ends by itself, 1 or more. Null, the default: windows end with <see cref="DeadUnitMonitor.EndWindow"/>, for example after each epoch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? WindowSteps
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(WindowSteps), value, "A window is 1 step or more.");
    }

    /// <summary>Whether calls in evaluation mode are steps too. Default: only calls in training mode are.</summary>
    public bool IncludeEvaluation { get; init; }

    /// <summary>
    /// How far below zero a unit's highest pre-activation may be for HeLU to reach it: 0 or more, finite. Null, the default: the layer's own alpha where it is HeLU, else 0.05.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, NaN or infinite.</exception>
    public double? Alpha
    {
        get;
        init => field = value is { } alpha ? Hysteresis.Checked(alpha, nameof(Alpha)) : null;
    }

    /// <summary>
    /// Tells which dimension of a layer's activations counts its units: given the layer's name, a dimension (negative: from the end), or null for the default.
    /// The default is the last of [F], [N, F] and [N, T, F], and the channels of [N, C, H, W] and [N, C, D, H, W]; three dimensions are
    /// [N, C, L] in a model that has one-dimensional convolutions.
    /// </summary>
    public Func<string, int?>? UnitDimension { get; init; }

    /// <summary>
    /// How many windows <see cref="DeadUnitMonitor.Windows"/> keeps, the latest ones: 0 or more. Default: 1000. A window takes 40 bytes a unit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int KeptWindows
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(KeptWindows), value, "The number of windows to keep: 0 or more.");
    } = 1000;
}
