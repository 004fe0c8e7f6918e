using Helu.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>A declaration of variables that can hold nothing but a ReLU.</summary>
/// <param name="Type">Where <c>ReLU</c> is written as their type.</param>
/// <param name="IsOutside">Whether code elsewhere may use them by that type.</param>
/// <param name="Factories">What makes the ReLUs that are put into them, in this file.</param>
internal sealed record ReluDeclaration(TypeSyntax Type, bool IsOutside, IReadOnlyList<InvocationExpressionSyntax> Factories)
{
    /// <summary>The declaration that <paramref name="factory"/> makes a ReLU for; null where its type is another, or is not written out.</summary>
    public static ReluDeclaration? For(InvocationExpressionSyntax factory, DocumentEdits edits)
    {
        SyntaxNode? declaration = factory.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: { } variables } } => variables,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property,
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property,
            AssignmentExpressionSyntax assignment when assignment.Right == factory => Declared(assignment.Left, edits),
            _ => null,
        };
        TypeSyntax? type = declaration switch
        {
            VariableDeclarationSyntax variables => variables.Type,
            PropertyDeclarationSyntax property => property.Type,
            _ => null,
        };
        if (declaration is null || type is null or { IsVar: true } || !edits.Types.IsReLU(edits.Model.GetTypeInfo(type, edits.Token).Type))
            return null;
        ISymbol[] symbols = [.. Symbols(declaration, edits)];
        return new(type, symbols.Any(IsSeenOutside), [.. symbols.SelectMany(symbol => Made(symbol, edits)).Distinct()]);
    }

    private static SyntaxNode? Declared(ExpressionSyntax target, DocumentEdits edits)
    {
        SyntaxNode? declaration = edits.Model.GetSymbolInfo(target, edits.Token).Symbol?.DeclaringSyntaxReferences
            .FirstOrDefault(reference => reference.SyntaxTree == edits.Root.SyntaxTree)?.GetSyntax(edits.Token);
        return declaration is VariableDeclaratorSyntax variable ? variable.Parent : declaration;
    }

    private static IEnumerable<ISymbol> Symbols(SyntaxNode declaration, DocumentEdits edits)
    {
        IEnumerable<SyntaxNode> nodes = declaration is VariableDeclarationSyntax variables ? variables.Variables : [declaration];
        return nodes.Select(node => edits.Model.GetDeclaredSymbol(node, edits.Token)).OfType<ISymbol>();
    }

    private static bool IsSeenOutside(ISymbol symbol) => symbol is not ILocalSymbol && symbol.DeclaredAccessibility != Accessibility.Private;

    private static IEnumerable<InvocationExpressionSyntax> Made(ISymbol symbol, DocumentEdits edits)
    {
        foreach (SyntaxNode node in edits.Root.DescendantNodes())
        {
            ExpressionSyntax? value = node switch
            {
                VariableDeclaratorSyntax { Initializer: { } initializer } variable when IsDeclarationOf(variable) => initializer.Value,
                PropertyDeclarationSyntax property when IsDeclarationOf(property) => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
                AssignmentExpressionSyntax assignment when Names(assignment.Left) => assignment.Right,
                _ => null,
            };
            if (value is InvocationExpressionSyntax call && ReluForms.Of(call, edits) == ReluForm.Factory)
                yield return call;
        }

        bool IsDeclarationOf(SyntaxNode node) => SymbolEqualityComparer.Default.Equals(edits.Model.GetDeclaredSymbol(node, edits.Token), symbol);

        bool Names(ExpressionSyntax target) =>
            target.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault()?.Identifier.ValueText == symbol.Name
            && SymbolEqualityComparer.Default.Equals(edits.Model.GetSymbolInfo(target, edits.Token).Symbol, symbol);
    }
}
