using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading.Layers;

/// <summary>Tells the construction of a part of a model from that of a whole one.</summary>
internal sealed class ConstructionPlaces(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>Whether what is constructed becomes a part of another module: in a model class, as an argument of a module, or as one that feeds another.</summary>
    public bool IsPart(IOperation construction, CancellationToken token)
    {
        SyntaxNode node = construction.Syntax;
        SemanticModel model = modelOf(node.SyntaxTree);
        return IsInsideModel(node, construction.Type, model, token) || IsGivenToModule(node, model, token) || NamesOf(node).Any(name => IsUsedAsPart(node, name, model, token));
    }

    /// <summary>Whether a module that a method makes is held by a variable of the method that no other code gets, and that feeds no other module.</summary>
    public bool StaysInMethod(SyntaxNode creation, CancellationToken token)
    {
        SemanticModel model = modelOf(creation.SyntaxTree);
        return NamesOf(creation).FirstOrDefault() is { } name
            && creation.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { Parent.Parent: LocalDeclarationStatementSyntax } variable
            && !Mentions(MemberAround(variable), name).Any(mention => mention.Parent is not MemberAccessExpressionSyntax || (RunOf(mention) is { } run && IsFedToModule(run, model, token)));
    }

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
        return Mentions(scope, name).Any(mention => IsGivenToModule(mention, model, token) || RunOf(mention) is { } run && IsFedToModule(run, model, token));
    }

    private static SyntaxNode MemberAround(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>(ancestor => !ancestor.IsKind(SyntaxKind.GlobalStatement)) ?? node.SyntaxTree.GetRoot();

    private static IEnumerable<IdentifierNameSyntax> Mentions(SyntaxNode scope, string name) =>
        scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(identifier => identifier.Identifier.ValueText == name);

    /// <summary><c>name.call(x)</c>, <c>name.forward(x)</c>.</summary>
    private static InvocationExpressionSyntax? RunOf(IdentifierNameSyntax module) =>
        module.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax run } access && access.Expression == module && IsRun(access) ? run : null;

    private static bool IsRun(MemberAccessExpressionSyntax access) => access.Name.Identifier.ValueText is "call" or "forward";

    /// <summary>Whether the output of a run is the input of another module, directly or through a variable.</summary>
    private bool IsFedToModule(InvocationExpressionSyntax run, SemanticModel model, CancellationToken token)
    {
        SyntaxNode output = run;
        while (output.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == output && !IsRun(access))
            output = next;
        if (IsInputOfModule(output, model, token))
            return true;
        return output.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: var name } variable }
            && Mentions(MemberAround(variable), name).Any(mention => IsInputOfModule(mention, model, token));
    }

    private bool IsInputOfModule(SyntaxNode value, SemanticModel model, CancellationToken token) =>
        value.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } }
        && IsRun(access)
        && model.GetTypeInfo(access.Expression, token).Type is INamedTypeSymbol type
        && types.InheritsModule(type)
        && !IsLoss(type);

    private static bool IsLoss(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name.EndsWith("Loss", StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
