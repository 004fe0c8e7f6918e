using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading.Layers;

/// <summary>The traces of a compilation, shared by all rules. Nothing is bound before the syntax says that it is worth it.</summary>
internal sealed class Traces
{
    private static readonly ConditionalWeakTable<Compilation, StrongBox<Traces?>> s_traces = new();

    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly object _gate = new();
    private ConstructionIndex? _constructions;
    private IReadOnlyList<TraceRoot>? _roots;

    private Traces(Compilation compilation, TorchTypes types)
    {
        _compilation = compilation;
        Types = types;
    }

    public TorchTypes Types { get; }

    /// <summary>Null where the compilation knows no TorchSharp.</summary>
    public static Traces? Of(Compilation compilation) =>
        s_traces.GetValue(compilation, static key => new(TorchTypes.Find(key) is { } types ? new(key, types) : null)).Value;

    /// <summary>The model classes and methods that are traced by themselves, in the order of files and lines.</summary>
    public IReadOnlyList<TraceRoot> Roots(CancellationToken token)
    {
        lock (_gate)
            return _roots ??= FindRoots(token);
    }

    /// <summary>How the code uses a model class.</summary>
    public ModelUse UseOf(INamedTypeSymbol type, CancellationToken token) => Constructions(token).UseOf(type.OriginalDefinition, token);

    /// <summary>How a model class is constructed; null where no construction is seen.</summary>
    public Construction? ConstructionOf(INamedTypeSymbol type, CancellationToken token) => Constructions(token).ConstructionOf(type.OriginalDefinition, token);

    /// <summary>The semantic model of a file; the parts of a class, and the classes that it uses, stand in several.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, key =>
    {
#pragma warning disable RS1030 // one model a file, and no context to take those of other files from
        return _compilation.GetSemanticModel(key);
#pragma warning restore RS1030
    });

    private ConstructionIndex Constructions(CancellationToken token)
    {
        lock (_gate)
            return _constructions ??= new(_compilation, Types, ModelOf, ModelClasses(token));
    }

    private List<INamedTypeSymbol> ModelClasses(CancellationToken token)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var models = new List<INamedTypeSymbol>();
        foreach (SyntaxTree tree in _compilation.SyntaxTrees)
        {
            token.ThrowIfCancellationRequested();
            foreach (ClassDeclarationSyntax declaration in FileOutline.Of(tree).Classes)
            {
                if (ModelOf(tree).GetDeclaredSymbol(declaration, token) is { } type && Types.InheritsModule(type) && seen.Add(type))
                    models.Add(type);
            }
        }
        return models;
    }

    private List<TraceRoot> FindRoots(CancellationToken token)
    {
        ConstructionIndex constructions = Constructions(token);
        ILookup<SyntaxTree, TraceRoot> classes = constructions.Models
            .Where(constructions.IsModelOfItsOwn)
            .Select(type => new TraceRoot(type, type.DeclaringSyntaxReferences[0].GetSyntax(token), cancel => NewTracer(cancel).TraceModel(type, cancel)))
            .ToLookup(root => root.Declaration.SyntaxTree);
        var roots = new List<TraceRoot>();
        foreach (SyntaxTree tree in _compilation.SyntaxTrees)
        {
            token.ThrowIfCancellationRequested();
            IEnumerable<TraceRoot> members = FileOutline.Of(tree).Members
                .Where(member => IsOutsideOfModels(member, token))
                .Select(member => new TraceRoot(null, member, cancel => NewTracer(cancel).TraceMethod(member, cancel)));
            roots.AddRange(classes[tree].Concat(members).OrderBy(root => root.Declaration.SpanStart));
        }
        return roots;
    }

    private Tracer NewTracer(CancellationToken token) => new(Types, ModelOf, type => ConstructionOf(type, token));

    /// <summary>Static members of a model class that train it count as outside; those that build its modules do not.</summary>
    private bool IsOutsideOfModels(SyntaxNode member, CancellationToken token) =>
        member.Parent is not ClassDeclarationSyntax declaration
        || ModelOf(member.SyntaxTree).GetDeclaredSymbol(declaration, token) is not { } type
        || !Types.InheritsModule(type)
        || (TraceRoot.IsStatic(member) && ModelOf(member.SyntaxTree).GetDeclaredSymbol(member, token) is IMethodSymbol method && !Types.IsModuleLike(method.ReturnType));
}
