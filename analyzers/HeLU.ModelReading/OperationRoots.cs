using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading;

/// <summary>
/// The executable code of a type declaration, nested types included: bodies, initialisers, base constructor arguments. A file with
/// top-level statements declares a type too.
/// </summary>
internal static class OperationRoots
{
    public static IEnumerable<IOperation> Of(SyntaxNode declaration, SemanticModel model, CancellationToken token)
    {
        IEnumerable<SyntaxNode> nodes = declaration switch
        {
            TypeDeclarationSyntax type => Nodes(type),
            CompilationUnitSyntax topLevel => [topLevel],
            _ => [],
        };
        foreach (SyntaxNode node in nodes)
        {
            token.ThrowIfCancellationRequested();
            if (model.GetOperation(node, token) is { } root)
                yield return root;
        }
    }

    private static IEnumerable<SyntaxNode> Nodes(TypeDeclarationSyntax declaration)
    {
        foreach (BaseTypeSyntax baseType in declaration.BaseList?.Types ?? default)
        {
            if (baseType is PrimaryConstructorBaseTypeSyntax)
                yield return baseType;
        }
        foreach (MemberDeclarationSyntax member in declaration.Members)
        {
            IEnumerable<SyntaxNode> nodes = member switch
            {
                TypeDeclarationSyntax nested => Nodes(nested),
                BaseMethodDeclarationSyntax method => [method],
                BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Initializer).OfType<SyntaxNode>(),
                BasePropertyDeclarationSyntax property => PropertyNodes(property),
                _ => [],
            };
            foreach (SyntaxNode node in nodes)
                yield return node;
        }
    }

    private static IEnumerable<SyntaxNode> PropertyNodes(BasePropertyDeclarationSyntax property)
    {
        foreach (AccessorDeclarationSyntax accessor in property.AccessorList?.Accessors ?? default)
            yield return accessor;
        (SyntaxNode? arrow, SyntaxNode? initializer) = property switch
        {
            PropertyDeclarationSyntax plain => (plain.ExpressionBody, plain.Initializer),
            IndexerDeclarationSyntax indexer => (indexer.ExpressionBody, null),
            _ => ((SyntaxNode?)null, (SyntaxNode?)null),
        };
        if (arrow is not null)
            yield return arrow;
        if (initializer is not null)
            yield return initializer;
    }
}
