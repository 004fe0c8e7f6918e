using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>Runs code without its tensors.</summary>
internal sealed class Tracer(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, Func<INamedTypeSymbol, Construction?> constructionOf)
{
    public Trace TraceModel(INamedTypeSymbol type, CancellationToken token) => throw new NotSupportedException($"{types} {modelOf} {constructionOf} {type} {token}");

    public Trace TraceMethod(SyntaxNode declaration, CancellationToken token) => throw new NotSupportedException($"{declaration} {token}");
}
