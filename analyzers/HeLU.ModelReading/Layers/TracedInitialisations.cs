using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>Which parameters a piece of code fills: with <c>init</c>, in place, or from a file.</summary>
/// <param name="Creations">The creations of modules whose weights are not TorchSharp's default at the end.</param>
/// <param name="Known">The calls that fill parameters of modules that the trace knows.</param>
/// <param name="Unknown">The calls that fill parameters of modules that it does not know.</param>
internal sealed record TracedInitialisations(IReadOnlyCollection<SyntaxNode> Creations, IReadOnlyCollection<SyntaxNode> Known, IReadOnlyCollection<SyntaxNode> Unknown)
{
    public static TracedInitialisations None { get; } = new([], [], []);
}
