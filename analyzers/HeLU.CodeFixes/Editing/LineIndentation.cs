using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Helu.CodeFixes.Editing;

/// <summary>The white space that the lines of a file start with.</summary>
internal static class LineIndentation
{
    private const string Unit = "    ";

    /// <summary>The indentation of the line where <paramref name="node"/> starts.</summary>
    public static string Of(SyntaxNode node)
    {
        SourceText text = node.SyntaxTree.GetText();
        string line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>One level deeper than the line of <paramref name="node"/>, in tabs where the file has them.</summary>
    public static string Inside(SyntaxNode node) => Deeper(Of(node), node);

    /// <summary>What one level adds around <paramref name="node"/>: a tab where its file is indented by tabs.</summary>
    public static string UnitOf(SyntaxNode node) => node.SyntaxTree.GetText().Lines.Any(line => line.Start < line.End && line.ToString()[0] == '\t') ? "\t" : Unit;

    private static string Deeper(string indentation, SyntaxNode node) => indentation + UnitOf(node);
}
