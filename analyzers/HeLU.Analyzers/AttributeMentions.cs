using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers;

/// <summary>Tells by a file's text whether <c>[Activation]</c> can stand in it, before anything of it is bound.</summary>
internal static class AttributeMentions
{
    private const string Name = "Activation";

    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<bool>> s_mentions = new();
    private static readonly ConditionalWeakTable<Compilation, StrongBox<bool>> s_aliases = new();

    /// <summary>Whether a file that a type is written in names the attribute; any may where a global alias gives it another name.</summary>
    public static bool MayBeIn(INamedTypeSymbol type, Compilation compilation) =>
        type.DeclaringSyntaxReferences.Any(reference => Mentions(reference.SyntaxTree))
        || s_aliases.GetValue(compilation, static key => new(key.SyntaxTrees.Any(HasGlobalAlias))).Value;

    private static bool Mentions(SyntaxTree tree) =>
        s_mentions.GetValue(tree, static key => new(key.GetText().ToString().IndexOf(Name, StringComparison.Ordinal) >= 0)).Value;

    private static bool HasGlobalAlias(SyntaxTree tree) =>
        Mentions(tree) && tree.GetRoot() is CompilationUnitSyntax unit && unit.Usings.Any(@using => @using.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && @using.Alias is not null);
}
