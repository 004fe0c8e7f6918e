using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading.Structure;

/// <summary>Reads which modules a model's constructor builds, where it is a straight line and all is made of constants.</summary>
/// <param name="types">The types to recognise.</param>
/// <param name="modelOf">Gives the semantic model of a file of the compilation.</param>
/// <param name="swaps">Tells which containers swap their ReLUs.</param>
/// <param name="forwardOf">What the forward of a model class uses; null where it is not known.</param>
/// <param name="token">Cancels.</param>
internal sealed class StructureReader(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, SwapLookup swaps, Func<INamedTypeSymbol, ModelForward?> forwardOf, CancellationToken token)
{
    private const int DeepestNesting = 32;

    private int _depth;

    public TorchTypes Types => types;

    public CancellationToken Token => token;

    public ModuleFactories Modules => new(this);

    /// <summary>Reads the model class itself: its constructor's parameters are not known.</summary>
    public StructureReading Read(INamedTypeSymbol type)
    {
        IMethodSymbol[] constructors = [.. type.InstanceConstructors.Where(constructor => !ChainsToThis(constructor))];
        return constructors is [{ } only]
            ? Read(type, only, [])
            : new(null, $"{type.Name} has {constructors.Length} constructors");
    }

    /// <summary>Reads a model class that is made with <paramref name="arguments"/>.</summary>
    public StructureReading Read(INamedTypeSymbol type, IMethodSymbol constructor, IReadOnlyList<Built> arguments)
    {
        type = type.OriginalDefinition;
        if (_depth > DeepestNesting || forwardOf(type) is not { } forward)
            return new(null, $"the forward of {type.Name} is not known");
        _depth++;
        var run = new ConstructorReader(this);
        run.Run(type, constructor, arguments);
        _depth--;
        return run.Fault is { } fault ? new(null, fault) : Collected(type, forward, run);
    }

    /// <summary>The operation of a piece of source.</summary>
    public IOperation? Operation(SyntaxNode node) => modelOf(node.SyntaxTree).GetOperation(node, token);

    /// <summary>What the ReLUs in a container are swapped for.</summary>
    public Annotation? Swap(IOperation call) =>
        swaps.Of(call.Syntax, call.SemanticModel!.GetEnclosingSymbol(call.Syntax.SpanStart, token)?.ContainingType ?? types.ReLU, token);

    /// <summary>Code, and the member that it stands in.</summary>
    public static string Place(SyntaxNode node)
    {
        string member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
        {
            ConstructorDeclarationSyntax constructor => $"the constructor of {constructor.Identifier.ValueText}",
            BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            _ => "its source",
        };
        return $"{SourceCode.Quoted(node)} in {member}";
    }

    private static StructureReading Collected(INamedTypeSymbol type, ModelForward forward, ConstructorReader run)
    {
        var modules = new List<NamedModule>();
        var values = new List<NamedValue>();
        var seen = new HashSet<string>();
        foreach (ISymbol member in Members(type))
        {
            bool isModule = forward.Modules.Contains(member.Name), isValue = forward.Values.Contains(member.Name);
            Built? value = run.ValueOf(member);
            if (!seen.Add(member.Name) || (!isModule && !isValue && value?.Module is null))
                continue;
            if (value is null)
                return new(null, $"'{member.Name}' of {type.Name}, which its constructor does not set");
            if (value.Module is { } module && !value.IsPlaced)
            {
                value.IsPlaced = true;
                modules.Add(new(member.Name, module));
            }
            else if (isModule && value.IsNull)
            {
                modules.Add(new(member.Name, null));
            }
            else if (isValue && value.Value is { } constant)
            {
                values.Add(new(member.Name, constant));
            }
            else
            {
                return new(null, value.Fault ?? $"'{member.Name}' of {type.Name}, whose module stands in another place too");
            }
        }
        return new(new(forward.TypeName, new([.. modules]), new([.. values])), null);
    }

    /// <summary>Fields and automatic properties, a base class's too.</summary>
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType?.OriginalDefinition)
        {
            foreach (ISymbol member in current.GetMembers())
            {
                if (member is IFieldSymbol { AssociatedSymbol: null, IsConst: false } or IPropertySymbol { IsIndexer: false })
                    yield return member;
            }
        }
    }

    private bool ChainsToThis(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(token) is ConstructorDeclarationSyntax { Initializer.ThisOrBaseKeyword.RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.ThisKeyword };
}
