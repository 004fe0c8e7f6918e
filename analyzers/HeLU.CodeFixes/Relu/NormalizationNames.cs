using Helu.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>Names for inserted normalisations that nothing else has.</summary>
internal static class NormalizationNames
{
    /// <summary>The child's name with <c>_norm</c>: null where that name is not written out, or is taken.</summary>
    public static string? ForChild(ContainerChild child, ExpressionSyntax name, DocumentEdits edits)
    {
        if (edits.Model.GetConstantValue(name, edits.Token).Value is not string text)
            return null;
        string wanted = text + "_norm";
        SyntaxNode scope = child.Element.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? edits.Root;
        return scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText == wanted) ? null : wanted;
    }

    /// <summary>The first of norm1, norm2, ... that no member of the class is called, nor another field that is being added.</summary>
    public static string ForField(ClassDeclarationSyntax type, DocumentEdits edits)
    {
        INamedTypeSymbol symbol = edits.Model.GetDeclaredSymbol(type, edits.Token)!;
        for (int i = 1; ; i++)
        {
            string name = $"norm{i}";
            bool isTaken = edits.Model.LookupSymbols(type.OpenBraceToken.Span.End, symbol, name).Length > 0 || Locals(type).Contains(name) || !edits.Claim(type, name);
            if (!isTaken)
                return name;
        }
    }

    private static IEnumerable<string> Locals(ClassDeclarationSyntax type) =>
        type.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(variable => variable.Identifier.ValueText);
}
