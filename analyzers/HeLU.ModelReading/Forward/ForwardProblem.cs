using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Forward;

/// <summary>Code of a forward that can't be specialised.</summary>
/// <param name="Node">The code.</param>
/// <param name="What">What to call it in a message: <c>'x.argmax(1)'</c>.</param>
/// <param name="Instead">Why not, and what to write instead.</param>
internal readonly record struct ForwardProblem(SyntaxNode Node, string What, string Instead);
