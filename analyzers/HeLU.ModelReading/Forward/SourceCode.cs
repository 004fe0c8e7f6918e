using System.Text;
using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Forward;

/// <summary>Shows source on one line.</summary>
internal static class SourceCode
{
    private const int LongestCode = 120;
    private const int LongestName = 60;

    /// <summary>For a comment: the code without its comments and its semicolon, shortened.</summary>
    public static string OnOneLine(SyntaxNode node) => Shortened(Text(node, node.Span.End).TrimEnd(';'), LongestCode);

    /// <summary>For a comment: a statement up to its body.</summary>
    public static string Head(SyntaxNode statement, SyntaxNode body) => Shortened(Text(statement, body.SpanStart), LongestCode);

    /// <summary>For a message: the code in quotes.</summary>
    public static string Quoted(SyntaxNode node) => "'" + Shortened(Text(node, node.Span.End), LongestName) + "'";

    private static string Text(SyntaxNode node, int end)
    {
        var text = new StringBuilder();
        foreach (SyntaxToken token in node.DescendantTokens().TakeWhile(token => token.Span.End <= end))
        {
            foreach (char c in token.Text)
                text.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
            if (token.HasTrailingTrivia || token.GetNextToken().HasLeadingTrivia)
                text.Append(' ');
            if (text.Length > 2 * LongestCode)
                break;
        }
        return text.ToString().TrimEnd();
    }

    private static string Shortened(string code, int longest) => code.Length <= longest ? code : code.Substring(0, longest - 3) + "...";
}
