using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>An object that the traced code creates: a model, a block, a class of settings.</summary>
internal class TracedObject(ITypeSymbol? type)
{
    /// <summary>Its class; for a module of TorchSharp the type that its factory returns.</summary>
    public ITypeSymbol? Type { get; } = type;

    /// <summary>What its fields and automatic properties hold.</summary>
    public Dictionary<ISymbol, Value> Fields { get; } = new(SymbolEqualityComparer.Default);
}
