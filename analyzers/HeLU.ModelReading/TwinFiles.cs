using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Helu.ModelReading;

/// <summary>The compiler knows a file by a checksum of its text, and redirects no call in a file that has a twin.</summary>
internal static class TwinFiles
{
    private static readonly ConditionalWeakTable<Compilation, HashSet<SyntaxTree>> s_twins = new();

    public static bool Has(Compilation compilation, SyntaxTree tree, CancellationToken token) =>
        s_twins.GetValue(compilation, key => Find(key, token)).Contains(tree);

    private static HashSet<SyntaxTree> Find(Compilation compilation, CancellationToken token) =>
    [
        .. compilation.SyntaxTrees
            .GroupBy(tree => tree.Length)
            .Where(sameLength => sameLength.Skip(1).Any())
            .SelectMany(sameLength => sameLength.GroupBy(tree => Convert.ToBase64String([.. tree.GetText(token).GetContentHash()])))
            .Where(sameText => sameText.Skip(1).Any())
            .SelectMany(sameText => sameText),
    ];
}
