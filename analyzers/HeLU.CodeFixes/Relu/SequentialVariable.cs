using Helu.CodeFixes.Editing;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>A local variable that holds a Sequential.</summary>
/// <param name="Declaration">The statement that declares it, as it stands in its list of statements.</param>
/// <param name="Code">The code that makes its children.</param>
internal sealed record SequentialVariable(string Name, SyntaxNode Declaration, SyntaxNode Code)
{
    /// <summary>The variable that the ReLU made at <paramref name="place"/> becomes a child of, directly or by way of a list.</summary>
    public static SequentialVariable? Of(SyntaxNode place, DocumentEdits edits)
    {
        foreach (LocalDeclarationStatementSyntax statement in place.Ancestors().OfType<LocalDeclarationStatementSyntax>())
        {
            if (Sequential(statement, edits) is not null)
                return From(statement, statement);
        }
        return place is ExpressionSyntax made && List(made, edits) is { } list && Body(place) is { } body
            && body.DescendantNodes().OfType<LocalDeclarationStatementSyntax>().FirstOrDefault(statement => IsMadeFrom(statement, list, edits)) is { } declaration
                ? From(declaration, body)
                : null;
    }

    private static SequentialVariable? From(LocalDeclarationStatementSyntax statement, SyntaxNode code) =>
        statement.Declaration.Variables is [{ } variable] && Statements.InList(statement) is { } inList
            ? new(variable.Identifier.Text, inList, code)
            : null;

    /// <summary>The call that makes the variable's Sequential.</summary>
    private static InvocationExpressionSyntax? Sequential(LocalDeclarationStatementSyntax statement, DocumentEdits edits) =>
        statement.Declaration.Variables is [{ Initializer.Value: InvocationExpressionSyntax call }]
        && edits.Model.GetSymbolInfo(call, edits.Token).Symbol is IMethodSymbol method && TorchTypes.Same(method.ReturnType, edits.Types.Sequential)
            ? call
            : null;

    private static bool IsMadeFrom(LocalDeclarationStatementSyntax statement, ISymbol list, DocumentEdits edits) =>
        Sequential(statement, edits) is { } call
        && call.ArgumentList.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(name => SymbolEqualityComparer.Default.Equals(edits.Model.GetSymbolInfo(name, edits.Token).Symbol, list));

    /// <summary>The local list, or Sequential, that the module is put into.</summary>
    private static ISymbol? List(ExpressionSyntax made, DocumentEdits edits)
    {
        if (ContainerChild.Of(made, edits) is not { } child)
            return null;
        if (child.Adding is { } adding)
            return edits.Model.GetSymbolInfo(ReluForms.Receiver(adding)!, edits.Token).Symbol as ILocalSymbol;
        return child.List!.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } declarator ? edits.Model.GetDeclaredSymbol(declarator, edits.Token) : null;
    }

    /// <summary>The function that the code stands in; the whole file at its top level.</summary>
    private static SyntaxNode? Body(SyntaxNode place) =>
        place.Ancestors().FirstOrDefault(node =>
            node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
        ?? place.Ancestors().OfType<CompilationUnitSyntax>().FirstOrDefault();
}
