using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Where the code of a compilation constructs its model classes. Only constructions that name a model class are bound.</summary>
internal sealed class ConstructionIndex
{
    private readonly Func<SyntaxTree, SemanticModel> _modelOf;
    private readonly ConstructionPlaces _places;
    private readonly ConstantValues _values;
    private readonly HashSet<INamedTypeSymbol> _models;
    private readonly HashSet<INamedTypeSymbol> _bases;
    private readonly ILookup<string, (SyntaxTree Tree, int Position)> _byName;
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<IObjectCreationOperation>> _constructions = new(SymbolEqualityComparer.Default);

    public ConstructionIndex(Compilation compilation, TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, IReadOnlyList<INamedTypeSymbol> models)
    {
        _modelOf = modelOf;
        _places = new(types, modelOf);
        _values = new(modelOf);
        Models = models;
        _models = new(models, SymbolEqualityComparer.Default);
        _bases = new(models.Select(model => model.BaseType?.OriginalDefinition).OfType<INamedTypeSymbol>(), SymbolEqualityComparer.Default);
        var names = new HashSet<string>(models.Select(model => model.Name)) { "" };
        _byName = compilation.SyntaxTrees
            .SelectMany(tree => FileOutline.Of(tree).Constructions.Where(found => names.Contains(found.Name)).Select(found => (tree, found)))
            .ToLookup(pair => pair.found.Name, pair => (pair.tree, pair.found.Position));
    }

    /// <summary>The model classes of the compilation, in the order of files and lines.</summary>
    public IReadOnlyList<INamedTypeSymbol> Models { get; }

    /// <summary>Whether a model class is worth tracing by itself, rather than only as the base class of others.</summary>
    public bool IsModelOfItsOwn(INamedTypeSymbol type) =>
        !type.IsAbstract && (!_bases.Contains(type) || Constructions(type, CancellationToken.None).Count > 0);

    public ModelUse UseOf(INamedTypeSymbol type, CancellationToken token)
    {
        IReadOnlyList<IObjectCreationOperation> constructions = Constructions(type, token);
        if (constructions.Count == 0)
            return ModelUse.Unseen;
        return constructions.Any(construction => _places.IsPart(construction, token)) ? ModelUse.Part : ModelUse.Whole;
    }

    public Construction? ConstructionOf(INamedTypeSymbol type, CancellationToken token)
    {
        IReadOnlyList<IObjectCreationOperation> constructions = Constructions(type, token);
        if (constructions.Count == 0 || constructions[0].Constructor?.OriginalDefinition is not { } constructor)
            return null;
        if (constructions.Any(construction => !SymbolEqualityComparer.Default.Equals(construction.Constructor?.OriginalDefinition, constructor)))
            return new(null, []);
        return new(
            constructor.IsImplicitlyDeclared ? null : constructor,
            [.. constructor.Parameters.Select(parameter => _values.Common(constructions.Select(construction => Argument(construction, parameter.Ordinal)), token))]);
    }

    private static IOperation? Argument(IObjectCreationOperation construction, int ordinal) =>
        construction.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value;

    private IReadOnlyList<IObjectCreationOperation> Constructions(INamedTypeSymbol type, CancellationToken token)
    {
        if (_constructions.TryGetValue(type, out IReadOnlyList<IObjectCreationOperation>? known))
            return known;
        IReadOnlyList<IObjectCreationOperation> found =
        [
            .. _byName[type.Name].Concat(_byName[""])
                .Select(place => Bind(place.Tree, place.Position, type.Name, token))
                .OfType<IObjectCreationOperation>()
                .Where(construction => SymbolEqualityComparer.Default.Equals(construction.Type?.OriginalDefinition, type)),
        ];
        return _constructions.GetOrAdd(type, found);
    }

    private IOperation? Bind(SyntaxTree tree, int position, string name, CancellationToken token)
    {
        SyntaxNode? node = tree.GetRoot(token).FindToken(position).Parent;
        return node switch
        {
            ObjectCreationExpressionSyntax => _modelOf(tree).GetOperation(node, token),
            ImplicitObjectCreationExpressionSyntax when TargetName(node) is var target && (target is null || target == name) => _modelOf(tree).GetOperation(node, token),
            _ => null,
        };
    }

    /// <summary>The name of the type that a <c>new(...)</c> is of, where its declaration says so; null where it does not.</summary>
    private static string? TargetName(SyntaxNode creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => LastName(declaration.Type),
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => LastName(property.Type),
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => LastName(property.Type),
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } => LastName(method.ReturnType),
        _ => null,
    };

    private static string? LastName(TypeSyntax type) => type switch
    {
        NullableTypeSyntax nullable => LastName(nullable.ElementType),
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
