extern alias compiler;

using compiler::Helu.ModelReading;
using compiler::Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Generators.Tests.Harness;

/// <summary>What the reader makes of the models of a program.</summary>
internal static class ForwardReadings
{
    /// <summary>The reading of a class of a program; null where it is not an annotated model.</summary>
    public static ForwardReading? Of(CSharpCompilation compilation, string type)
    {
        TorchTypes types = TorchTypes.Find(compilation)!;
        var swaps = new SwapLookup(new ReluReader(types, Model));
        return new ForwardReader(types, Model, swaps).Read(compilation.GetTypeByMetadataName(type)!, ForwardMode.Inference, CancellationToken.None);

        SemanticModel Model(SyntaxTree tree) => compilation.GetSemanticModel(tree);
    }

    /// <summary>The problems of a class, one a line; for messages of failing tests.</summary>
    public static string Problems(CSharpCompilation compilation, string type) =>
        string.Join('\n', Of(compilation, type)?.Problems.Select(problem => $"{problem.What}: {problem.Instead}") ?? ["not a model"]);
}
