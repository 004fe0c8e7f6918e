using Helu.Generators.Inference;
using Helu.Generators.Training;
using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Helu.ModelReading.Structure;
using Microsoft.CodeAnalysis;

namespace Helu.Generators;

/// <summary>Turns the models that one <c>[Activation]</c> speaks for into plain values. A forward that is not understood is left out: the analysers say why.</summary>
/// <param name="types">The types to recognise.</param>
/// <param name="modelOf">Gives the semantic model of a file of the compilation.</param>
/// <param name="swaps">Tells which calls are redirected.</param>
internal sealed class ModelClassReader(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, SwapLookup swaps)
{
    private readonly ForwardReader _forwards = new(types, modelOf, swaps);
    private readonly Dictionary<INamedTypeSymbol, ModelForward?> _atInference = new(SymbolEqualityComparer.Default);

    /// <summary>What is specialised for inference.</summary>
    public IEnumerable<InferenceClass> Inference(ISymbol target, CancellationToken token)
    {
        var structures = new StructureReader(types, modelOf, swaps, type => AtInference(type, token), token);
        foreach (INamedTypeSymbol type in SpokenForBy(target))
        {
            if (AtInference(type, token) is { } model)
            {
                string name = MetadataNames.Of(type);
                yield return new(name, MetadataNames.FileName(name), model, structures.Read(type));
            }
        }
    }

    /// <summary>What is fused for training.</summary>
    public IEnumerable<TrainingClass> Training(ISymbol target, CancellationToken token)
    {
        foreach (INamedTypeSymbol type in SpokenForBy(target))
        {
            if (_forwards.Read(type, ForwardMode.Training, token)?.Model is { } model)
            {
                string name = MetadataNames.Of(type);
                bool isAsInferred = AtInference(type, token) is { } inferred && model == inferred with { Declaration = model.Declaration };
                yield return new(name, MetadataNames.FileName(name), model, isAsInferred);
            }
        }
    }

    private ModelForward? AtInference(INamedTypeSymbol type, CancellationToken token)
    {
        if (!_atInference.TryGetValue(type, out ModelForward? model))
            _atInference[type] = model = _forwards.Read(type, ForwardMode.Inference, token)?.Model;
        return model;
    }

    private IEnumerable<INamedTypeSymbol> SpokenForBy(ISymbol target) => target switch
    {
        IAssemblySymbol assembly => Types(assembly.GlobalNamespace).SelectMany(SpokenFor),
        INamedTypeSymbol type => TypeAndNested(type),
        _ => [],
    };

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol @namespace) =>
        @namespace.GetTypeMembers().Concat(@namespace.GetNamespaceMembers().SelectMany(Types));

    /// <summary>An attribute of its own speaks for a type and what it holds.</summary>
    private IEnumerable<INamedTypeSymbol> SpokenFor(INamedTypeSymbol type) => Annotation.Of(type, types) is null ? TypeAndNested(type) : [];

    private IEnumerable<INamedTypeSymbol> TypeAndNested(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(SpokenFor).Prepend(type);
}
