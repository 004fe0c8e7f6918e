extern alias compiler;

using System.Collections.Immutable;
using compiler::Helu.Analyzers;
using compiler::Helu.Analyzers.Risk;
using compiler::Helu.ModelReading.Layers;
using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using static Helu.Analyzers.Tests.Risk.RiskPrograms;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>How the rules about dying ReLUs share the traces of a compilation.</summary>
public class TracedCodeTests
{
    private static readonly string s_model = Model("private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", "return fc2.call(fc1.call(x).tanh()).relu();", around: "");

    private static readonly string s_training = Programs.WithUsings(
        "public static class Program { public static Tensor Loss(Net net, Tensor x, Tensor y) => functional.cross_entropy(new Net().call(x), y); }");

    [Fact]
    public async Task An_editor_may_ask_for_a_file_again_and_again()
    {
        CSharpCompilation compilation = Programs.Compile(s_model, s_training);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new LogitReluAnalyzer()]);
        SemanticModel model = compilation.GetSemanticModel(compilation.SyntaxTrees[0]);

        for (int i = 0; i < 3; i++)
        {
            Diagnostic report = Assert.Single(await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None));
            Assert.Equal(RuleIds.ReluOnLogits, report.Id);
        }
        Assert.Empty(await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(compilation.SyntaxTrees[1]), filterSpan: null, CancellationToken.None));
    }

    [Fact]
    public void A_cancelled_trace_leaves_nothing_behind()
    {
        CSharpCompilation compilation = Programs.Compile(s_model, s_training);
        Traces traces = Traces.Of(compilation)!;

        Assert.ThrowsAny<OperationCanceledException>(() => traces.Roots(new CancellationToken(canceled: true)));
        IReadOnlyList<TraceRoot> roots = traces.Roots(CancellationToken.None);
        Assert.ThrowsAny<OperationCanceledException>(() => roots[0].Trace(new CancellationToken(canceled: true)));
        Assert.Single(roots[0].Trace(CancellationToken.None).Models);
    }

    [Fact]
    public void A_compilation_without_TorchSharp_has_no_traces() =>
        Assert.Null(Traces.Of(CSharpCompilation.Create("Plain", [CSharpSyntaxTree.ParseText("class C { }")], Basic.Reference.Assemblies.Net100.References.All)));

    [Theory]
    [InlineData("public static class P { public static object M() => new Net(8); }", ModelUse.Whole, 8L)]
    [InlineData("public static class P { const int Width = 8; public static object M() { var width = Width; return new Net(width); } }", ModelUse.Whole, 8L)]
    [InlineData("public static class P { static readonly int Width = 8; public static object M() { Net net = new(Width); return net; } }", ModelUse.Whole, 8L)]
    [InlineData("public static class P { public static object M() => (new Net(8), new Net(8)); }", ModelUse.Whole, 8L)]
    [InlineData("public static class P { public static object M() => (new Net(8), new Net(9)); }", ModelUse.Whole, null)]
    [InlineData("public static class P { public static object M(int width) => new Net(width); }", ModelUse.Whole, null)]
    [InlineData("public static class P { public static object M() { int width = 8; width++; return new Net(width); } }", ModelUse.Whole, null)]
    [InlineData("public static class P { public static object M() => new Net(); }", ModelUse.Whole, 4L)]
    [InlineData("public class Outer() : Module<Tensor, Tensor>(\"Outer\") { readonly Net net = new(8); public override Tensor forward(Tensor x) => net.call(x); }", ModelUse.Part, 8L)]
    [InlineData("public static class P { public static object M() => Sequential(new Net(8)); }", ModelUse.Part, 8L)]
    [InlineData("public static class P { public static object M() { var net = new Net(8); return Sequential((\"net\", net)); } }", ModelUse.Part, 8L)]
    [InlineData("// new Net(8)", ModelUse.Unseen, null)]
    public void How_a_model_is_constructed_is_seen_where_all_constructions_agree(string code, object use, long? width)
    {
        CSharpCompilation compilation = Programs.Compile(Programs.WithUsings(
            $"public class Net : Module<Tensor, Tensor> {{ public Net(int width = 4) : base(\"Net\") {{ }} public override Tensor forward(Tensor x) => x; }} {code}"));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Traces traces = Traces.Of(compilation)!;
        INamedTypeSymbol net = compilation.GetTypeByMetadataName("Net")!;

        Assert.Equal(use, traces.UseOf(net, CancellationToken.None));
        Assert.Equal(width, traces.ConstructionOf(net, CancellationToken.None)?.Arguments[0] is Value.Constant { Content: long number } ? number : null);
    }

    [Fact]
    public async Task A_report_names_the_ReLU_and_what_takes_its_output()
    {
        CSharpCompilation compilation = Programs.Compile(
            Model("private readonly Linear fc = Linear(64, 10);", "return functional.softmax(act.call(fc.call(x)), 1);"));
        ImmutableArray<Diagnostic> reports = await compilation.WithAnalyzers([new LogitReluAnalyzer()]).GetAnalyzerDiagnosticsAsync();

        Diagnostic report = Assert.Single(reports);
        Assert.Equal(["act.call(fc.call(x))", "ReLU()", "functional.softmax(act.call(fc.call(x)), 1)"], report.AdditionalLocations.Prepend(report.Location).Select(Text));

        static string Text(Location location) => location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length);
    }

    [Fact]
    public Task Code_in_a_generated_file_does_not_report() => new RuleTest("// <auto-generated/>\n" + s_model, "// <auto-generated/>\n" + s_training).RunAsync();
}
