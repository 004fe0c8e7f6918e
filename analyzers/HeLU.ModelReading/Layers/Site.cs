using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>Where a layer stands in the code, seen from the method or class whose trace it is in.</summary>
/// <param name="Node">
/// The code that runs it: the call of a function or module; for a child of a Sequential, which no code runs by itself, the expression that creates it.
/// </param>
/// <param name="Outer">The site of the run that this one is inside of: <c>block.call(x)</c> for what the block's forward does. Null in the traced code itself.</param>
internal sealed record Site(SyntaxNode Node, Site? Outer)
{
    /// <summary>From the traced code inwards; the last is <see cref="Node"/>.</summary>
    public IEnumerable<SyntaxNode> Path => Outer is null ? [Node] : Outer.Path.Append(Node);

    /// <summary>The innermost place of the path inside one of <paramref name="declarations"/>; null where none is.</summary>
    public SyntaxNode? Within(IReadOnlyCollection<SyntaxNode> declarations) =>
        Path.LastOrDefault(node => declarations.Any(declaration => declaration.SyntaxTree == node.SyntaxTree && declaration.FullSpan.Contains(node.Span)));
}
