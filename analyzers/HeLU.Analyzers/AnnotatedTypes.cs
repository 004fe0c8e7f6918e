using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers;

/// <summary>Which types are worth reading.</summary>
internal static class AnnotatedTypes
{
    /// <summary>Whether an attribute stands on the assembly, the type, one of its members or nested types, or may stand on a function inside them.</summary>
    public static bool IsAnnotatedAnywhere(INamedTypeSymbol type, TorchTypes types, Compilation compilation, CancellationToken token) =>
        Annotation.Of(type.ContainingAssembly, types) is not null
        || (AttributeMentions.MayBeIn(type, compilation) && (IsAnnotatedInside(type, types) || HasFunctionWithAttribute(type, token)));

    /// <summary>The parts of a partial class stand in several files, whose models no symbol context offers.</summary>
    public static Func<SyntaxTree, SemanticModel> Models(Compilation compilation)
    {
        var models = new Dictionary<SyntaxTree, SemanticModel>();
        return tree =>
        {
            if (!models.TryGetValue(tree, out SemanticModel? model))
            {
#pragma warning disable RS1030 // one model a file for each annotated type, and no context to take it from
                models[tree] = model = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            }
            return model;
        };
    }

    private static bool HasFunctionWithAttribute(INamedTypeSymbol type, CancellationToken token) =>
        type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(token).DescendantNodes().Any(node =>
            node is LocalFunctionStatementSyntax { AttributeLists.Count: > 0 } or LambdaExpressionSyntax { AttributeLists.Count: > 0 }));

    private static bool IsAnnotatedInside(ISymbol symbol, TorchTypes types) =>
        Annotation.Of(symbol, types) is not null
        || (symbol is INamedTypeSymbol type && type.GetMembers().Any(member => IsAnnotatedInside(member, types)));
}
