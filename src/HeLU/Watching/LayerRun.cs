namespace Helu.Watching;

/// <summary>The nth run of a layer in one call of the model. A run that meets another number of units, because forward branches, is another layer.</summary>
/// <param name="Layer">Path or label.</param>
/// <param name="Run">From 1.</param>
/// <param name="Units">How many units.</param>
internal readonly record struct LayerRun(string Layer, int Run, long Units)
{
    /// <summary><c>relu</c>, <c>relu#2</c>.</summary>
    public string Name => Run == 1 ? Layer : $"{Layer}#{Run}";
}
