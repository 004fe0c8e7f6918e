using Helu.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>Adds code to the constructor of a module, where its children are registered.</summary>
internal static class ModuleConstructor
{
    /// <summary>The constructors in this part of <paramref name="type"/> that set an instance up themselves.</summary>
    public static IEnumerable<ConstructorDeclarationSyntax> Of(TypeDeclarationSyntax type) =>
        type.Members.OfType<ConstructorDeclarationSyntax>().Where(constructor =>
            !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !constructor.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer)
            && (constructor.Body is not null || constructor.ExpressionBody is not null));

    /// <summary>Whether a call registers the children that stand in fields.</summary>
    public static bool IsRegistration(SyntaxNode node) => node is InvocationExpressionSyntax
    {
        Expression: IdentifierNameSyntax { Identifier.ValueText: "RegisterComponents" }
            or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: "RegisterComponents" },
    };

    /// <summary>Adds a statement after the registration of the children, or at the end; a body on one line is spread over several.</summary>
    /// <param name="constructor">The constructor, changed inside or not.</param>
    /// <param name="text">The statement with indentation and line ends.</param>
    /// <param name="indentation">That of the constructor.</param>
    /// <param name="unit">One level of indentation.</param>
    /// <param name="endOfLine">The file's line end.</param>
    public static ConstructorDeclarationSyntax WithStatement(ConstructorDeclarationSyntax constructor, string text, string indentation, string unit, string endOfLine)
    {
        BlockSyntax body = constructor.Body is { } block && SpansLines(block) ? block : Spread(constructor, indentation, unit, endOfLine);
        if (constructor.Body != body)
        {
            SyntaxTriviaList after = constructor.GetTrailingTrivia();
            constructor = constructor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(null);
            constructor = constructor.WithTrailingTrivia(SyntaxFactory.EndOfLine(endOfLine));
            body = body.WithTrailingTrivia(after);
        }
        int registration = body.Statements.IndexOf(statement => statement is ExpressionStatementSyntax { Expression: { } expression } && IsRegistration(expression));
        int index = registration < 0 ? body.Statements.Count : registration + 1;
        return constructor.WithBody(body.WithStatements(body.Statements.Insert(index, SyntaxFactory.ParseStatement(text))));
    }

    private static bool SpansLines(BlockSyntax body) => body.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static BlockSyntax Spread(ConstructorDeclarationSyntax constructor, string indentation, string unit, string endOfLine)
    {
        IEnumerable<string> statements = constructor.ExpressionBody is { } arrow
            ? [arrow.Expression.WithoutTrivia() + ";"]
            : constructor.Body!.Statements.Select(statement => statement.WithoutTrivia().ToString());
        string lines = string.Concat(statements.Select(statement => indentation + unit + statement + endOfLine));
        return (BlockSyntax)SyntaxFactory.ParseStatement($"{indentation}{{{endOfLine}{lines}{indentation}}}");
    }
}
