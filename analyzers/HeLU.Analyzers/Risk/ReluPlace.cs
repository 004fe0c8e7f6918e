using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers.Risk;

/// <summary>Where a ReLU is reported, whichever trace ran it.</summary>
internal static class ReluPlace
{
    /// <summary>
    /// The ReLU where it stands in the outermost model class that runs it; else the code of that class through which it is reached: <c>block.call(x)</c>,
    /// because the block's ReLU may stand elsewhere in other places. Outside of all model classes the ReLU itself.
    /// </summary>
    public static SyntaxNode Of(Layer relu, Traces traces, CancellationToken token)
    {
        INamedTypeSymbol? outermost = null;
        SyntaxNode place = relu.Site.Node;
        foreach (SyntaxNode node in relu.Site.Path)
        {
            INamedTypeSymbol? model = ModelAround(node, traces, token);
            outermost ??= model;
            if (outermost is not null && SymbolEqualityComparer.Default.Equals(model, outermost))
                place = node;
        }
        return place;
    }

    /// <summary>The expression that is the ReLU, or for a module makes it.</summary>
    public static SyntaxNode Making(Layer relu) => relu.Module?.Creation ?? relu.Site.Node;

    private static INamedTypeSymbol? ModelAround(SyntaxNode node, Traces traces, CancellationToken token) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
        && traces.ModelOf(node.SyntaxTree).GetDeclaredSymbol(declaration, token) is { } type
        && traces.Types.InheritsModule(type)
            ? type
            : null;
}
