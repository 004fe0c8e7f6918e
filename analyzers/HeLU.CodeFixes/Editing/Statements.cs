using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Editing;

/// <summary>Statements as members of a list of statements.</summary>
internal static class Statements
{
    /// <summary>The node that stands in the list, for a statement of a block, a switch section or a program's top level; null for the body of an if or a loop.</summary>
    public static SyntaxNode? InList(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax => statement,
        GlobalStatementSyntax global => global,
        _ => null,
    };

    /// <summary>A statement to stand in the same list as <paramref name="neighbour"/>, written with the line ends and indentation that it shall have.</summary>
    public static SyntaxNode Parse(string text, SyntaxNode neighbour)
    {
        StatementSyntax statement = SyntaxFactory.ParseStatement(text);
        return neighbour is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(statement) : statement;
    }
}
