using Helu.Watching;

namespace Helu.Monitoring.Tests;

/// <summary>Windows as a monitor would give them.</summary>
internal static class Windows
{
    /// <summary>A window of ten steps whose layers have the given shares of dead units, of four units each.</summary>
    public static ActivationWindow Of(int index, params (string Layer, int Dead)[] layers) =>
        new(index, 10 * index, 10, 1, [.. layers.Select(layer => Layer(layer.Layer, layer.Dead))]);

    /// <summary>Four units, of which the first ones are dead; one of those is within reach, the others fire on half of 8 inputs.</summary>
    public static LayerActivity Layer(string name, int dead) => new(
        name,
        "HeLU",
        0.05,
        8,
        [.. Enumerable.Range(0, 4).Select(unit => unit < dead ? new UnitActivity(unit == 0 ? -0.01 : -1, 1, 1, 0, unit == 0) : new UnitActivity(2, 0.5, 0.5, 0.25, false))]);
}
