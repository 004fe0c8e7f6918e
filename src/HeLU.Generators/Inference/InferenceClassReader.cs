using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;

namespace Helu.Generators.Inference;

/// <summary>Turns the models that one <c>[Activation]</c> speaks for into plain values.</summary>
/// <param name="types">The types to recognise.</param>
/// <param name="reader">Reads a model class.</param>
internal sealed class InferenceClassReader(TorchTypes types, ForwardReader reader)
{
    /// <summary>The models behind an attribute on <paramref name="target"/>; those whose forward is not understood are left out: the analysers say why.</summary>
    public IEnumerable<InferenceClass> Read(ISymbol target, CancellationToken token)
    {
        IEnumerable<INamedTypeSymbol> spokenFor = target switch
        {
            IAssemblySymbol assembly => Types(assembly.GlobalNamespace).SelectMany(SpokenFor),
            INamedTypeSymbol type => TypeAndNested(type),
            _ => [],
        };
        foreach (INamedTypeSymbol type in spokenFor)
        {
            if (reader.Read(type, token)?.Model is { } model)
            {
                string name = MetadataNames.Of(type);
                yield return new(name, MetadataNames.FileName(name), model);
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol @namespace) =>
        @namespace.GetTypeMembers().Concat(@namespace.GetNamespaceMembers().SelectMany(Types));

    /// <summary>An attribute of its own speaks for a type and what it holds.</summary>
    private IEnumerable<INamedTypeSymbol> SpokenFor(INamedTypeSymbol type) => Annotation.Of(type, types) is null ? TypeAndNested(type) : [];

    private IEnumerable<INamedTypeSymbol> TypeAndNested(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(SpokenFor).Prepend(type);
}
