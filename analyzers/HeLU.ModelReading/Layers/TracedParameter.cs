namespace Helu.ModelReading.Layers;

/// <summary>A weight or bias: how the traced code initialises it.</summary>
/// <param name="name"><c>weight</c> or <c>bias</c>.</param>
internal sealed class TracedParameter(string name)
{
    public string Name { get; } = name;

    public Initialisation Initialisation { get; set; } = Initialisation.Default;
}
