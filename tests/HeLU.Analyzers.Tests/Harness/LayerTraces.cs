extern alias compiler;

using System.Globalization;
using compiler::Helu.ModelReading;
using compiler::Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>Traces of programs, written out a word a layer.</summary>
internal static class LayerTraces
{
    /// <summary>The trace of class <paramref name="name"/>, constructed with the constants given.</summary>
    public static Trace OfModel(string source, string name = "Net", params object[] arguments)
    {
        CSharpCompilation compilation = Compile(source);
        INamedTypeSymbol type = compilation.GetTypeByMetadataName(name)!;
        return Tracer(compilation, model => model.Name == name ? new(null, [.. arguments.Select(Constant)]) : null).TraceModel(type, CancellationToken.None);
    }

    /// <summary>The trace of the method named <paramref name="name"/>.</summary>
    public static Trace OfMethod(string source, string name = "Main")
    {
        CSharpCompilation compilation = Compile(source);
        SyntaxNode method = compilation.SyntaxTrees.Single().GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(candidate => candidate.Identifier.ValueText == name);
        return Tracer(compilation, static _ => null).TraceMethod(method, CancellationToken.None);
    }

    /// <summary>Inputs are left out; a layer that does not follow on the one before it names the words that it takes, from 0.</summary>
    public static string Words(IEnumerable<Layer> layers)
    {
        List<Layer> words = [.. layers.Where(layer => layer.Kind != LayerKind.Input)];
        return string.Join(" ", words.Select((layer, index) => Word(layer) + Taken(layer, index)));

        string Taken(Layer layer, int index)
        {
            int[] inputs = [.. layer.Inputs.Select(input => words.IndexOf(input))];
            return inputs.Length == 1 && inputs[0] == index - 1 ? "" : inputs.All(input => input < 0) ? "" : $"[{string.Join(",", inputs)}]";
        }
    }

    public static string Words(Trace trace) => Words(Assert.Single(trace.Models).Layers);

    private static string Word(Layer layer) => layer.Kind switch
    {
        LayerKind.Linear or LayerKind.Convolution => $"{layer.Kind}({Number(layer.Module!.InFeatures)},{Number(layer.Module.OutFeatures)})",
        LayerKind.ReLU when layer.Swap is { } swap => $"ReLU:{swap.Kind}",
        LayerKind.Constant => $"Constant({layer.Value?.ToString(CultureInfo.InvariantCulture) ?? "?"})",
        _ => layer.Kind.ToString(),
    };

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";

    private static Value Constant(object constant) => Value.Of(constant is int number ? (long)number : constant);

    private static CSharpCompilation Compile(string source)
    {
        CSharpCompilation compilation = Programs.Compile(source);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    private static Tracer Tracer(CSharpCompilation compilation, Func<INamedTypeSymbol, Construction?> constructionOf) =>
        new(TorchTypes.Find(compilation)!, tree => compilation.GetSemanticModel(tree), constructionOf);
}
