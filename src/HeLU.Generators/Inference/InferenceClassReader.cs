using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Helu.ModelReading.Structure;
using Microsoft.CodeAnalysis;

namespace Helu.Generators.Inference;

/// <summary>Turns the models that one <c>[Activation]</c> speaks for into plain values.</summary>
/// <param name="types">The types to recognise.</param>
/// <param name="modelOf">Gives the semantic model of a file of the compilation.</param>
/// <param name="swaps">Tells which calls are redirected.</param>
internal sealed class InferenceClassReader(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, SwapLookup swaps)
{
    private readonly ForwardReader _forwards = new(types, modelOf, swaps);
    private readonly Dictionary<INamedTypeSymbol, ModelForward?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>The models behind an attribute on <paramref name="target"/>; those whose forward is not understood are left out: the analysers say why.</summary>
    public IEnumerable<InferenceClass> Read(ISymbol target, CancellationToken token)
    {
        IEnumerable<INamedTypeSymbol> spokenFor = target switch
        {
            IAssemblySymbol assembly => Types(assembly.GlobalNamespace).SelectMany(SpokenFor),
            INamedTypeSymbol type => TypeAndNested(type),
            _ => [],
        };
        var structures = new StructureReader(types, modelOf, swaps, type => Forward(type, token), token);
        foreach (INamedTypeSymbol type in spokenFor)
        {
            if (Forward(type, token) is { } model)
            {
                string name = MetadataNames.Of(type);
                yield return new(name, MetadataNames.FileName(name), model, structures.Read(type));
            }
        }
    }

    private ModelForward? Forward(INamedTypeSymbol type, CancellationToken token)
    {
        if (!_known.TryGetValue(type, out ModelForward? model))
            _known[type] = model = _forwards.Read(type, token)?.Model;
        return model;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol @namespace) =>
        @namespace.GetTypeMembers().Concat(@namespace.GetNamespaceMembers().SelectMany(Types));

    /// <summary>An attribute of its own speaks for a type and what it holds.</summary>
    private IEnumerable<INamedTypeSymbol> SpokenFor(INamedTypeSymbol type) => Annotation.Of(type, types) is null ? TypeAndNested(type) : [];

    private IEnumerable<INamedTypeSymbol> TypeAndNested(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(SpokenFor).Prepend(type);
}
