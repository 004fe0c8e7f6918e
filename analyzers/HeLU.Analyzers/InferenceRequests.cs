using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers;

/// <summary>
/// The annotated models of a compilation that ask for inference: those that are partial or stand in a partial type, and those that
/// they use as submodules.
/// </summary>
internal sealed class InferenceRequests
{
    private readonly TorchTypes _types;
    private readonly Lazy<HashSet<INamedTypeSymbol>> _asking;

    public InferenceRequests(Compilation compilation, TorchTypes types)
    {
        _types = types;
        _asking = new(() => Find(compilation));
    }

    /// <summary>Whether <paramref name="model"/>, an annotated model, asks for inference.</summary>
    public bool Contain(INamedTypeSymbol model) => _asking.Value.Contains(model);

    private HashSet<INamedTypeSymbol> Find(Compilation compilation)
    {
        HashSet<INamedTypeSymbol> models = NewSet(Types(compilation.Assembly.GlobalNamespace).Where(type => ForwardReader.IsAnnotatedModel(type, _types)));
        var names = new HashSet<string>(models.Select(model => model.Name));
        Func<SyntaxTree, SemanticModel> modelOf = AnnotatedTypes.Models(compilation);
        HashSet<INamedTypeSymbol> asking = NewSet(models.Where(model =>
            GeneratedClassPlace.WithContainers(model).Any(type => GeneratedClassPlace.IsPartial(type, CancellationToken.None))));
        var unread = new Queue<INamedTypeSymbol>(asking);
        while (unread.Count > 0)
        {
            foreach (INamedTypeSymbol used in NamedIn(unread.Dequeue(), names, modelOf))
            {
                if (models.Contains(used) && asking.Add(used))
                    unread.Enqueue(used);
            }
        }
        return asking;
    }

    /// <summary>The types of these names that the code of a class and of its base classes mentions: those of its fields, those that it creates.</summary>
    private static IEnumerable<INamedTypeSymbol> NamedIn(INamedTypeSymbol type, HashSet<string> names, Func<SyntaxTree, SemanticModel> modelOf)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (SyntaxReference part in current.DeclaringSyntaxReferences)
            {
                IEnumerable<SimpleNameSyntax> mentions = part.GetSyntax()
                    .DescendantNodes(node => node is not SimpleBaseTypeSyntax)
                    .OfType<SimpleNameSyntax>()
                    .Where(name => names.Contains(name.Identifier.ValueText));
                foreach (SimpleNameSyntax mention in mentions)
                {
                    if (modelOf(part.SyntaxTree).GetSymbolInfo(mention).Symbol is INamedTypeSymbol named)
                        yield return named.OriginalDefinition;
                }
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamedTypeSymbol type => Types(type).Prepend(type),
        INamespaceSymbol @namespace => Types(@namespace),
        _ => [],
    });

    private static HashSet<INamedTypeSymbol> NewSet(IEnumerable<INamedTypeSymbol> types) => new(types, SymbolEqualityComparer.Default);
}
