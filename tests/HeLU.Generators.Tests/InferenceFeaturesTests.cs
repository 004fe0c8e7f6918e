extern alias compiler;

using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ActivationGenerator = compiler::Helu.Generators.ActivationGenerator;

namespace Helu.Generators.Tests;

/// <summary>What is written for a model depends on what its project references and asks for.</summary>
public class InferenceFeaturesTests
{
    private const string Source = Programs.Usings +
        """
        [Activation(Kind.LeakyReLU)]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Sequential layers = Sequential(Linear(2, 2), ReLU());
            public Net() : base("Net") => RegisterComponents();
            public override Tensor forward(Tensor x) => layers.call(x).relu();
        }
        """;

    [Fact]
    public void AProjectWithTheRuntimeGetsInterceptorsInferenceAndTraining()
    {
        IReadOnlyDictionary<string, string> files = Files(Compilation());

        Assert.Equal(["Net.Activations.g.cs", "Net.Inference.g.cs", "Net.Training.g.cs"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("ToInference", files["Net.Inference.g.cs"], StringComparison.Ordinal);
        Assert.Contains("NetTraining ToTraining()", files["Net.Training.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    public void AnInferenceOnlyProjectGetsTheInferenceClassAlone(string value)
    {
        IReadOnlyDictionary<string, string> files = Files(Compilation(), value);

        string file = Assert.Single(files).Value;
        Assert.DoesNotContain("ToInference(", file, StringComparison.Ordinal);
        Assert.DoesNotContain("partial class Net", file, StringComparison.Ordinal);
        Assert.Contains("public sealed class NetInference", file, StringComparison.Ordinal);
        Assert.Contains("Kind.LeakyReLU, 0.01", file, StringComparison.Ordinal); // the model was trained with the swap
    }

    [Fact]
    public void AnInferenceOnlyProjectNeedsNoTrainingRuntime()
    {
        CSharpCompilation compilation = Compilation();
        compilation = compilation.RemoveReferences(compilation.References.Where(reference => IsNamed(reference, "HeLU.dll")));

        Assert.Contains("class NetInference", Assert.Single(Files(compilation, "true")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void AProjectWithoutTheInferenceRuntimeGetsInterceptorsOnly()
    {
        CSharpCompilation compilation = Compilation();
        compilation = compilation.RemoveReferences(compilation.References.Where(reference => IsNamed(reference, "HeLU.Inference.dll")));

        Assert.Equal(["Net.Activations.g.cs"], Files(compilation).Keys);
    }

    [Fact]
    public void WithoutInterceptorsTheModelRunsReluSoItsInferenceDoesToo()
    {
        string file = Files(Compilation(Programs.ParseOptions.WithFeatures([])))["Net.Inference.g.cs"];

        Assert.DoesNotContain("LeakyReLU", file, StringComparison.Ordinal);
        Assert.Contains("Ops.relu(self.module(\"layers\").call(x), new ActivationSpec(Kind.ReLU))", file, StringComparison.Ordinal);
        Assert.Contains("Structure.ReLU(inplace: false)", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[assembly: Activation(Kind.HeLU)] MODEL(A) [Activation(Kind.GELU)] MODEL(B) class Plain { MODEL(Inner) }", "A", "B", "Plain.Inner")]
    [InlineData("[Activation(Kind.HeLU)] class Outer { MODEL(A) [Activation(Kind.ReLU)] MODEL(B) class Middle { MODEL(C) } } MODEL(D)", "Outer.A", "Outer.B", "Outer.Middle.C")]
    [InlineData("class Net : Module<Tensor, Tensor> { public Net() : base(\"\") { } [Activation(Kind.HeLU)] public override Tensor forward(Tensor x) => x.relu(); }")]
    [InlineData("[Activation(Kind.HeLU)] class Net : Module<Tensor, Tensor> { public Net() : base(\"\") { } [Activation(Kind.GELU)] public override Tensor forward(Tensor x) => x.relu(); [Activation(Kind.ReLU)] Tensor Other(Tensor x) => x; }", "Net")]
    public void TheAttributeOfAClassOfOneAroundItOrOfTheAssemblyCounts(string source, params string[] models)
    {
        const string Model = "class $1 : Module<Tensor, Tensor> { public $1() : base(\"\") { } public override Tensor forward(Tensor x) => x.relu(); }";
        string program = Programs.Usings + System.Text.RegularExpressions.Regex.Replace(source, @"MODEL\((\w+)\)", Model);

        Assert.Equal(models.Select(model => model + ".Inference.g.cs"), Files(Programs.Compilation(program)).Keys.Where(file => file.EndsWith("Inference.g.cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static CSharpCompilation Compilation(CSharpParseOptions? options = null) => Programs.Compilation(options ?? Programs.ParseOptions, Source);

    private static bool IsNamed(MetadataReference reference, string file) => reference.Display?.EndsWith(Path.DirectorySeparatorChar + file, StringComparison.Ordinal) == true;

    private static Dictionary<string, string> Files(CSharpCompilation compilation, string? inferenceOnly = null)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ActivationGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            optionsProvider: new Properties(inferenceOnly));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        Assert.Empty(generated.Emit(Stream.Null).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
    }

    /// <summary>A project's properties that the compiler sees.</summary>
    private sealed class Properties(string? inferenceOnly) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(inferenceOnly);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(string? inferenceOnly) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = inferenceOnly ?? "";
                return inferenceOnly is not null && key == "build_property.HeluInferenceOnly";
            }
        }
    }
}
