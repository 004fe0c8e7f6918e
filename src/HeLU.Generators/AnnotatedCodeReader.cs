using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;

namespace Helu.Generators;

/// <summary>Reads the code that one <c>[Activation]</c> speaks for.</summary>
internal static class AnnotatedCodeReader
{
    public static AnnotatedCode Read(GeneratorAttributeSyntaxContext context, CancellationToken token)
    {
        Compilation compilation = context.SemanticModel.Compilation;
        if (TorchTypes.Find(compilation) is not { } types)
            return new(default, default, default);
        Func<SyntaxTree, SemanticModel> modelOf = Models(context.SemanticModel);
        var swaps = new SwapLookup(new ReluReader(types, modelOf));
        var models = new ModelClassReader(types, modelOf, swaps);
        return new(
            new([.. SwappedClassReader.Read(context.TargetSymbol, types, swaps, token)]),
            types.HasInference ? new([.. models.Inference(context.TargetSymbol, token)]) : default,
            types is { HasInference: true, HasTraining: true } ? new([.. models.Training(context.TargetSymbol, token)]) : default);
    }

    /// <summary>One model a file: what it has bound, it keeps.</summary>
    private static Func<SyntaxTree, SemanticModel> Models(SemanticModel first)
    {
        var models = new Dictionary<SyntaxTree, SemanticModel> { [first.SyntaxTree] = first };
        return tree =>
        {
            if (!models.TryGetValue(tree, out SemanticModel? model))
                models[tree] = model = first.Compilation.GetSemanticModel(tree);
            return model;
        };
    }
}
