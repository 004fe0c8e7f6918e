using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>A module that the traced code creates, without its weights: a layer of TorchSharp, a container, a user's model class.</summary>
/// <param name="type">Its class.</param>
/// <param name="factory">The factory in <c>torch.nn</c> that made it: <c>Linear</c>; the class's name for a user's class.</param>
/// <param name="creation">The expression that creates it: <c>ReLU()</c>, <c>new Block(64)</c>; the class's declaration for a model that is traced by itself.</param>
internal sealed class TracedModule(ITypeSymbol? type, string factory, SyntaxNode creation) : TracedObject(type)
{
    public string Factory { get; } = factory;

    public SyntaxNode Creation { get; } = creation;

    /// <summary>The arguments of its factory by parameter name, defaults included.</summary>
    public Dictionary<string, Value> Arguments { get; } = new(StringComparer.Ordinal);

    /// <summary>The children of a container, in order.</summary>
    public ValueList Children { get; init; } = new([]);

    public TracedParameter Weight { get; } = new("weight");

    public TracedParameter Bias { get; } = new("bias");

    /// <summary>A user's model class, as opposed to a module of TorchSharp.</summary>
    public bool IsUserClass { get; init; }

    /// <summary>Whether <c>RegisterComponents()</c> was called, or the object is ready: before that a user's class has none of its fields as modules.</summary>
    public bool IsRegistered { get; set; }

    public bool IsContainer => Factory is "Sequential" or "ModuleList" or "ModuleDict";

    /// <summary>Whether it has a bias: false where <c>hasBias</c>/<c>bias</c> is given as false, null where that is not known.</summary>
    public bool? HasBias => Flag("hasBias") ?? Flag("bias");

    /// <summary>A whole number among its arguments, under the first of these names that it has; null where it is not known.</summary>
    public long? Number(params string[] names) =>
        names.Select(name => Arguments.TryGetValue(name, out Value? value) ? value : null).FirstOrDefault(value => value is not null) is Value.Constant { Content: long number } ? number : null;

    /// <summary>in_features or in_channels.</summary>
    public long? InFeatures => Number("inputSize", "in_channels", "in_features");

    /// <summary>out_features or out_channels.</summary>
    public long? OutFeatures => Number("outputSize", "out_channels", "out_features");

    private bool? Flag(string name) => Arguments.TryGetValue(name, out Value? value) && value is Value.Constant { Content: bool flag } ? flag : null;
}
