using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Editing;

/// <summary>Adds using directives where a file keeps its own, in their order.</summary>
internal static class UsingDirectives
{
    /// <summary>Whether code at <paramref name="position"/> sees what is in a namespace, or a class's static members, without a new directive.</summary>
    public static bool IsImported(SemanticModel model, int position, INamespaceOrTypeSymbol symbol, CancellationToken token)
    {
        bool imported = model.GetImportScopes(position, token)
            .SelectMany(scope => scope.Imports)
            .Any(import => SymbolEqualityComparer.Default.Equals(import.NamespaceOrType, symbol));
        return imported || (symbol is INamespaceSymbol && Enclosing(model, position, token).Any(outer => outer.ToDisplayString() == symbol.ToDisplayString()));
    }

    /// <summary>Adds <c>using name;</c> or <c>using static name;</c>.</summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax root, string name, bool isStatic, string endOfLine)
    {
        UsingDirectiveSyntax directive = Directive(name, isStatic, endOfLine);
        if (root.Usings.Count > 0)
            return root.WithUsings(Insert(root.Usings, directive));
        if (root.Members.FirstOrDefault() is BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } @namespace)
            return root.ReplaceNode(@namespace, @namespace.WithUsings(Insert(@namespace.Usings, directive)));
        return AddFirst(root, directive, endOfLine);
    }

    private static UsingDirectiveSyntax Directive(string name, bool isStatic, string endOfLine) =>
        SyntaxFactory.ParseCompilationUnit((isStatic ? "using static " : "using ") + name + ";" + endOfLine).Usings[0];

    /// <summary>Before the first of its kind that sorts after it where those are sorted, else after the last of its kind.</summary>
    private static SyntaxList<UsingDirectiveSyntax> Insert(SyntaxList<UsingDirectiveSyntax> usings, UsingDirectiveSyntax directive)
    {
        int kind = Kind(directive);
        UsingDirectiveSyntax[] peers = [.. usings.Where(other => Kind(other) == kind)];
        UsingDirectiveSyntax? next = IsSorted(peers) ? peers.FirstOrDefault(peer => Compare(directive, peer) < 0) : null;
        int index = next is not null ? usings.IndexOf(next) : usings.TakeWhile((_, i) => usings.Skip(i).Any(other => Kind(other) <= kind)).Count();
        // What stands above all directives stays there: a licence, a region.
        if (index == 0)
        {
            directive = directive.WithLeadingTrivia(usings[0].GetLeadingTrivia());
            usings = usings.Replace(usings[0], usings[0].WithoutLeadingTrivia());
        }
        else
        {
            directive = directive.WithLeadingTrivia(usings[0].GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        }
        return usings.Insert(index, directive);
    }

    /// <summary>global ones stand first, then plain ones, static ones, aliases.</summary>
    private static int Kind(UsingDirectiveSyntax directive) => directive switch
    {
        { GlobalKeyword.RawKind: not 0 } => 0,
        { Alias: not null } => 3,
        { StaticKeyword.RawKind: not 0 } => 2,
        _ => 1,
    };

    private static bool IsSorted(UsingDirectiveSyntax[] usings) =>
        usings.Zip(usings.Skip(1), Compare).All(order => order <= 0);

    private static int Compare(UsingDirectiveSyntax left, UsingDirectiveSyntax right)
    {
        (string leftName, string rightName) = (left.NamespaceOrType.ToString(), right.NamespaceOrType.ToString());
        int systemFirst = IsSystem(rightName).CompareTo(IsSystem(leftName));
        return systemFirst != 0 ? systemFirst : StringComparer.OrdinalIgnoreCase.Compare(leftName, rightName);
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    /// <summary>Above the code, below the comment that a file starts with where a blank line parts the two.</summary>
    private static CompilationUnitSyntax AddFirst(CompilationUnitSyntax root, UsingDirectiveSyntax directive, string endOfLine)
    {
        SyntaxToken first = root.GetFirstToken();
        SyntaxTrivia[] trivia = [.. first.LeadingTrivia];
        int header = trivia.Length > 0 && trivia[0].IsKind(SyntaxKind.SingleLineCommentTrivia) ? AfterBlankLine(trivia) : 0;
        SyntaxTrivia blankLine = SyntaxFactory.EndOfLine(endOfLine);
        directive = directive
            .WithLeadingTrivia(trivia.Take(header))
            .WithTrailingTrivia(directive.GetTrailingTrivia().Add(blankLine));
        return root
            .ReplaceToken(first, first.WithLeadingTrivia(trivia.Skip(header)))
            .WithUsings(SyntaxFactory.SingletonList(directive));
    }

    /// <summary>The number of trivia up to and with the first blank line; 0 where there is none.</summary>
    private static int AfterBlankLine(SyntaxTrivia[] trivia)
    {
        for (int i = 1; i < trivia.Length; i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia) && trivia[i - 1].IsKind(SyntaxKind.EndOfLineTrivia))
                return i + 1;
        }
        return 0;
    }

    private static IEnumerable<INamespaceSymbol> Enclosing(SemanticModel model, int position, CancellationToken token)
    {
        for (ISymbol? symbol = model.GetEnclosingSymbol(position, token); symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (symbol is INamespaceSymbol { IsGlobalNamespace: false } @namespace)
                yield return @namespace;
        }
    }
}
