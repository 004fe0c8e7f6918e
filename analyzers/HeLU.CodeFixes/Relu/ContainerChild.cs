using Helu.CodeFixes.Editing;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>Where a module is put into a Sequential or into the list that one is made from.</summary>
/// <param name="Element">The argument, element or added value: the module, or the tuple of its name and it.</param>
/// <param name="List">The list around the element: arguments of <c>Sequential(...)</c>, an initialiser, a collection expression; null for a call that adds one module.</param>
/// <param name="Adding"><c>layers.Add(...)</c>, <c>net.append(...)</c>; null for a list.</param>
/// <param name="Name">The expression of the child's name; null for a child that is named by its position.</param>
internal sealed record ContainerChild(SyntaxNode Element, SyntaxNode? List, InvocationExpressionSyntax? Adding, ExpressionSyntax? Name)
{
    /// <summary>The place of the module that <paramref name="made"/> makes; null where it is put into no container there.</summary>
    public static ContainerChild? Of(ExpressionSyntax made, DocumentEdits edits)
    {
        SyntaxNode element = made;
        ExpressionSyntax? name = null;
        while (true)
        {
            switch (element.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax:
                    element = element.Parent;
                    break;
                case ArgumentSyntax { Parent: TupleExpressionSyntax { Arguments: [{ } first, { } second] } tuple } when name is null && second.Expression == element:
                    (name, element) = (first.Expression, tuple);
                    break;
                case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } arguments } argument:
                    if (IsTuple(call, edits) && arguments.Arguments is [{ } given, _] && given != argument)
                    {
                        (name, element) = (given.Expression, call);
                        break;
                    }
                    return InCall(call, argument, name, edits);
                case InitializerExpressionSyntax initializer:
                    return new(element, initializer, null, name);
                case ExpressionElementSyntax { Parent: CollectionExpressionSyntax collection } item:
                    return new(item, collection, null, name);
                default:
                    return null;
            }
        }
    }

    /// <summary>Whether a module more or less here changes the keys of later ones in the state dict.</summary>
    public bool RenamesLater(DocumentEdits edits) => Name is null && (List is not null
        ? SeparatedLists.Elements(List).SkipWhile(element => element != Element).Skip(1).Any(later => HasParameters(later, edits))
        : LaterAdded().Any(later => HasParameters(later, edits)));

    private static ContainerChild? InCall(InvocationExpressionSyntax call, ArgumentSyntax argument, ExpressionSyntax? name, DocumentEdits edits)
    {
        if (edits.Model.GetSymbolInfo(call, edits.Token).Symbol is not IMethodSymbol method)
            return null;
        if (SwapForms.BuildsContainer(method, edits.Types) is not null)
            return new(argument, call.ArgumentList, null, name);
        if (method.Name is not ("Add" or "append") || ReluForms.Receiver(call) is null)
            return null;
        return call.ArgumentList.Arguments switch
        {
            [_] => new(argument, null, call, name),
            [{ } first, { } second] when second == argument => new(argument, null, call, first.Expression),
            _ => null,
        };
    }

    private static bool IsTuple(InvocationExpressionSyntax call, DocumentEdits edits) =>
        edits.Model.GetSymbolInfo(call, edits.Token).Symbol is IMethodSymbol { Name: "Create", ContainingType: { Name: "Tuple" or "ValueTuple" } type }
        && TorchTypes.IsSystem(type);

    /// <summary>What later statements of the same list add to the same variable.</summary>
    private IEnumerable<ExpressionSyntax> LaterAdded()
    {
        ExpressionSyntax receiver = ReluForms.Receiver(Adding!)!;
        return Adding!.Parent?.Parent?.ChildNodes()
            .SkipWhile(statement => statement != Adding.Parent)
            .Skip(1)
            .SelectMany(statement => statement.DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "append" } access
                && SyntaxFactory.AreEquivalent(access.Expression, receiver))
            .Select(call => call.ArgumentList.Arguments.LastOrDefault()?.Expression)
            .OfType<ExpressionSyntax>() ?? [];
    }

    private static bool HasParameters(SyntaxNode element, DocumentEdits edits)
    {
        ExpressionSyntax? value = element switch
        {
            ArgumentSyntax argument => argument.Expression,
            ExpressionElementSyntax item => item.Expression,
            _ => element as ExpressionSyntax,
        };
        if (value is null)
            return true;
        for (ITypeSymbol? type = edits.Model.GetTypeInfo(value, edits.Token).Type; type is not null; type = type.BaseType)
        {
            if (type is { Name: "ParameterLessModule", ContainingNamespace.Name: "Modules" })
                return false;
        }
        return true;
    }
}
