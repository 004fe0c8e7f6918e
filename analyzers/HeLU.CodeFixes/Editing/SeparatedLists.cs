using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Editing;

/// <summary>Adds to and removes from argument lists, initialisers and collection expressions, on as many lines as they are.</summary>
internal static class SeparatedLists
{
    /// <summary>The elements of a list in its order; empty for a node that is none of the three.</summary>
    public static IReadOnlyList<SyntaxNode> Elements(SyntaxNode list) => list switch
    {
        ArgumentListSyntax arguments => arguments.Arguments,
        InitializerExpressionSyntax initializer => initializer.Expressions,
        CollectionExpressionSyntax collection => collection.Elements,
        _ => [],
    };

    public static SyntaxNode Remove(SyntaxNode list, SyntaxNode element) => list switch
    {
        ArgumentListSyntax arguments => arguments.WithArguments(Remove(arguments.Arguments, (ArgumentSyntax)element)),
        InitializerExpressionSyntax initializer => initializer.WithExpressions(Remove(initializer.Expressions, (ExpressionSyntax)element)),
        CollectionExpressionSyntax collection => collection.WithElements(Remove(collection.Elements, (CollectionElementSyntax)element)),
        _ => list,
    };

    /// <summary>Inserts an expression before an element, on a line of its own where the element is on one.</summary>
    public static SyntaxNode InsertBefore(SyntaxNode list, SyntaxNode element, ExpressionSyntax inserted, string endOfLine) => list switch
    {
        ArgumentListSyntax arguments => arguments.WithArguments(
            InsertBefore(arguments.Arguments, (ArgumentSyntax)element, SyntaxFactory.Argument(inserted), endOfLine)),
        InitializerExpressionSyntax initializer => initializer.WithExpressions(
            InsertBefore(initializer.Expressions, (ExpressionSyntax)element, inserted, endOfLine)),
        CollectionExpressionSyntax collection => collection.WithElements(
            InsertBefore(collection.Elements, (CollectionElementSyntax)element, SyntaxFactory.ExpressionElement(inserted), endOfLine)),
        _ => list,
    };

    private static SeparatedSyntaxList<T> Remove<T>(SeparatedSyntaxList<T> list, T element)
        where T : SyntaxNode
    {
        int index = list.IndexOf(element);
        var parts = list.GetWithSeparators().ToList();
        bool isBeforeSeparator = 2 * index + 1 < parts.Count;
        // Of the two commas around it, the one that ends a line of another element stays.
        if (isBeforeSeparator && (index == 0 || EndsLine(list.GetSeparator(index - 1))))
        {
            parts.RemoveRange(2 * index, 2);
        }
        else if (isBeforeSeparator)
        {
            parts.RemoveRange(2 * index - 1, 2);
        }
        else
        {
            SyntaxTriviaList comments = list.GetSeparator(index - 1).TrailingTrivia;
            SyntaxTriviaList trailing = comments.All(IsSpace) ? element.GetTrailingTrivia() : comments.AddRange(element.GetLeadingTrivia());
            parts[2 * index - 2] = list[index - 1].WithTrailingTrivia(trailing);
            parts.RemoveRange(2 * index - 1, 2);
        }
        return SyntaxFactory.SeparatedList<T>(parts);
    }

    private static SeparatedSyntaxList<T> InsertBefore<T>(SeparatedSyntaxList<T> list, T element, T inserted, string endOfLine)
        where T : SyntaxNode
    {
        int index = list.IndexOf(element);
        bool startsLine = index == 0
            ? element.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            : EndsLine(list.GetSeparator(index - 1));
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(startsLine ? SyntaxFactory.EndOfLine(endOfLine) : SyntaxFactory.Space);
        IEnumerable<SyntaxTrivia> indentation = element.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        List<SyntaxNodeOrToken> parts = list.GetWithSeparators().ToList();
        parts.InsertRange(2 * index, [inserted.WithLeadingTrivia(indentation), comma]);
        return SyntaxFactory.SeparatedList<T>(parts);
    }

    private static bool EndsLine(SyntaxToken separator) => separator.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool IsSpace(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
