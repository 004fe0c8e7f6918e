using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Editing;

/// <summary>Puts one expression into the place of another.</summary>
internal static class Expressions
{
    /// <summary>
    /// <paramref name="value"/> with the parentheses that it needs, and no others, to stand where <paramref name="replaced"/> does under <paramref name="parent"/>.
    /// </summary>
    public static ExpressionSyntax InPlaceOf(ExpressionSyntax replaced, SyntaxNode? parent, ExpressionSyntax value)
    {
        ExpressionSyntax bare = Unparenthesised(value);
        ExpressionSyntax result = IsPrimary(bare) || TakesAny(parent) ? bare : SyntaxFactory.ParenthesizedExpression(bare.WithoutTrivia());
        SyntaxTriviaList after = value.GetTrailingTrivia();
        bool hasComment = after.Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return result
            .WithLeadingTrivia(replaced.GetLeadingTrivia())
            .WithTrailingTrivia(hasComment ? after.AddRange(replaced.GetTrailingTrivia()) : replaced.GetTrailingTrivia());
    }

    public static ExpressionSyntax Unparenthesised(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesised)
            expression = parenthesised.Expression;
        return expression;
    }

    private static bool IsPrimary(ExpressionSyntax expression) =>
        expression is SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or LiteralExpressionSyntax or ThisExpressionSyntax or BaseObjectCreationExpressionSyntax;

    /// <summary>Whether an expression of any precedence can stand under <paramref name="parent"/> as it is.</summary>
    private static bool TakesAny(SyntaxNode? parent) =>
        parent is ArgumentSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or AssignmentExpressionSyntax
            or ParenthesizedExpressionSyntax or LambdaExpressionSyntax or InitializerExpressionSyntax or ExpressionElementSyntax;
}
