using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading.Layers;

/// <summary>Tells the construction of a part of a model from that of a whole one.</summary>
internal sealed class ConstructionPlaces(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>Whether what is constructed becomes a part of another module: in a model class, or as an argument of a module.</summary>
    public bool IsPart(IOperation construction, CancellationToken token)
    {
        SyntaxNode node = construction.Syntax;
        SemanticModel model = modelOf(node.SyntaxTree);
        return IsInsideModel(node, construction.Type, model, token) || IsGivenToModule(node, model, token) || NamesOf(node).Any(name => IsUsedAsPart(node, name, model, token));
    }

    /// <summary>Whether a module that a method makes is held by a variable of the method that no other code gets.</summary>
    public static bool StaysInMethod(SyntaxNode creation) =>
        NamesOf(creation).FirstOrDefault() is { } name
        && creation.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Parent.Parent: LocalDeclarationStatementSyntax } variable
        && Mentions(MemberAround(variable), name).All(mention => mention.Parent is MemberAccessExpressionSyntax);

    private bool IsInsideModel(SyntaxNode node, ITypeSymbol? constructed, SemanticModel model, CancellationToken token)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || model.GetDeclaredSymbol(declaration, token) is not { } type
            || !types.InheritsModule(type))
            return false;
        MemberDeclarationSyntax? member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(ancestor => ancestor.Parent == declaration);
        bool isOwnFactory = SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, constructed?.OriginalDefinition);
        bool isMain = member is MethodDeclarationSyntax method && TraceRoot.IsStatic(method) && method.ReturnType.ToString() is "void" or "Task" or "int" or "Task<int>";
        return !isOwnFactory && !isMain;
    }

    /// <summary>Whether an expression, on its own or in a tuple, list or array, is an argument of a call or construction that gives a module.</summary>
    private bool IsGivenToModule(SyntaxNode expression, SemanticModel model, CancellationToken token)
    {
        for (SyntaxNode? node = expression.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case ArgumentSyntax or ArgumentListSyntax or TupleExpressionSyntax or CollectionExpressionSyntax or ExpressionElementSyntax or ParenthesizedExpressionSyntax
                    or InitializerExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or CastExpressionSyntax:
                    continue;
                case InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax:
                    return model.GetTypeInfo(node, token).Type is INamedTypeSymbol type && types.InheritsModule(type);
                default:
                    return false;
            }
        }
        return false;
    }

    /// <summary>The variable or field that holds what is constructed.</summary>
    private static IEnumerable<string> NamesOf(SyntaxNode node) => node.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => [variable.Identifier.ValueText],
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => [property.Identifier.ValueText],
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier: var name } } => [name.ValueText],
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier: var name } } => [name.ValueText],
        InvocationExpressionSyntax or MemberAccessExpressionSyntax when node.Parent.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } moved => [moved.Identifier.ValueText],
        _ => [],
    };

    private bool IsUsedAsPart(SyntaxNode node, string name, SemanticModel model, CancellationToken token)
    {
        SyntaxNode scope = (SyntaxNode?)node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.SyntaxTree.GetRoot(token);
        return Mentions(scope, name).Any(mention => IsGivenToModule(mention, model, token));
    }

    private static SyntaxNode MemberAround(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>(ancestor => !ancestor.IsKind(SyntaxKind.GlobalStatement)) ?? node.SyntaxTree.GetRoot();

    private static IEnumerable<IdentifierNameSyntax> Mentions(SyntaxNode scope, string name) =>
        scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(identifier => identifier.Identifier.ValueText == name);
}
