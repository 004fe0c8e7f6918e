using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Generators.Tests;

/// <summary>Inference classes compile, without warnings, wherever a model stands and whatever it and its neighbours are called.</summary>
public class InferenceNamesTests
{
    private const string Body = "public Net() : base(\"Net\") => RegisterComponents(); private readonly Linear fc = Linear(2, 2); public override Tensor forward(Tensor x) => fc.call(x).relu();";
    private const string Net = "[Activation(Kind.HeLU)] public partial class Net : Module<Tensor, Tensor> { " + Body + " }";

    [Theory]
    [InlineData("namespace Zoo { NET }", "Zoo.NetInference")]
    [InlineData("namespace Zoo.Inference; NET", "Zoo.Inference.NetInference")]
    [InlineData("namespace Helu; NET", "Helu.NetInference")]
    [InlineData("namespace Helu.Inference; NET", "Helu.Inference.NetInference")]
    [InlineData("namespace Helu.Inference.Tracing { NET }", "Helu.Inference.Tracing.NetInference")]
    [InlineData("namespace Helu.Generated; NET", "Helu.Generated.NetInference")]
    [InlineData("namespace System { NET }", "System.NetInference")]
    [InlineData("namespace @event.@class { NET }", "event.class.NetInference")]
    [InlineData("public partial struct Outer<T> { public partial record Middle<U, V> { protected internal partial interface @in { NET } } }", "Outer`1+Middle`2+in+NetInference")]
    [InlineData("public partial record struct Outer { private partial class Middle { NET } }", "Outer+Middle+NetInference")]
    [InlineData("class Outer { NET }", null)]
    [InlineData("[Activation(Kind.HeLU)] file class Net : Module<Tensor, Tensor> { BODY }", null)]
    [InlineData("[Activation(Kind.HeLU)] class Net : Module<Tensor, Tensor> { BODY }", null)]
    [InlineData("[Activation(Kind.HeLU)] internal sealed partial class Net : Module<Tensor, Tensor> { BODY }", "NetInference")]
    [InlineData("NET class NetInference { }", null)]
    [InlineData("NET class NetInference<T> { }", "NetInference")]
    [InlineData("NET partial class Net { public int ToInference => 1; }", null)]
    [InlineData("NET class Value { } class Ops { } class ModuleNode { } class ModelClass { } class Structure { } class List<T> { }", "NetInference")]
    [InlineData("namespace Zoo { NET class System { } class Helu { } class Value { } class Span<T> { } class InferenceModel { } }", "Zoo.NetInference")]
    [InlineData("namespace Helu.Generated { NET class Other { } } ", "Helu.Generated.NetInference")]
    public void AModelOfAnyPlaceCompiles(string source, string? inference)
    {
        Compilation compilation = Compiled(Programs.Usings + source.Replace("NET", Net, StringComparison.Ordinal).Replace("BODY", Body, StringComparison.Ordinal));

        Assert.Equal(inference is not null, inference is not null && compilation.GetTypeByMetadataName(inference) is not null);
        Assert.Contains(compilation.SyntaxTrees, tree => tree.FilePath.EndsWith(".Inference.g.cs", StringComparison.Ordinal));
        if (inference is null)
            Assert.DoesNotContain(compilation.SyntaxTrees, tree => tree.ToString().Contains("InferenceModel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public override Tensor forward(Tensor output) => output.relu();")]
    [InlineData("public override Tensor forward(Tensor @in) => @in.relu();")]
    [InlineData("public override Tensor forward(Tensor self) => Ops(self); Tensor Ops(Tensor Value) => ModelClass(Value) + Value; static Tensor ModelClass(Tensor inputs) { var relu = inputs.relu(); return relu; }")]
    [InlineData("public override Tensor forward(Tensor frozen) => RegisterModelClass(frozen); Tensor RegisterModelClass(Tensor t) => t; Tensor RegisterModelClass(Tensor t, int n) => t;")]
    [InlineData("public override Tensor forward(Tensor x) => F(x) + F(x, 2) + F(x, 2.0) + G; Tensor F(Tensor t) => t; Tensor F(Tensor t, int n) => t * n; Tensor F(Tensor t, double f) => t * f; Tensor G => F(ones_of, 1); readonly Tensor ones_of = ones(2);")]
    [InlineData("readonly Linear @class = Linear(2, 2); readonly string \\u0061b\\u00e9 = \"a\\\"b\\n\\u2028\"; public override Tensor forward(Tensor x) => ab\\u00e9 == \"c\\\\\\t\" ? x : @class.call(x);")]
    [InlineData("public override Tensor forward(Tensor value) { Tensor var = value, field = var, record = field, dynamic = record; return dynamic; }")]
    public void NamesOfAnyKindCompile(string members) =>
        Compiled(Programs.Usings + "[Activation(Kind.HeLU)] public partial class Net : Module<Tensor, Tensor> { public Net() : base(\"Net\") => RegisterComponents(); " + members + " }");

    [Theory]
    [InlineData(LanguageVersion.Preview)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp11)]
    public void EveryLanguageVersionWithFileTypesCompiles(LanguageVersion version)
    {
        string members = "readonly long[] sizes = { 2 }; Module<Tensor, Tensor> second; public override Tensor forward(Tensor x) { List<Tensor> all = new() { x, x?.relu() }; if (second == null) return cat(all, 1).view(-1, sizes[0]); return second?.call(x) ?? x; }";
        string source = Programs.Usings + "[Activation(Kind.HeLU)] public partial class Net : Module<Tensor, Tensor> { public Net() : base(\"Net\") => RegisterComponents(); " + members + " }";
        CSharpCompilation compilation = Programs.Compilation(Programs.ParseOptions.WithLanguageVersion(version), source);
        Compiled(compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)));
    }

    [Fact]
    public void OlderLanguageVersionsGetNothing()
    {
        CSharpCompilation compilation = Programs.Compilation(Programs.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp10), Programs.Usings + Net);
        Assert.Single(Compiled(compilation).SyntaxTrees);
    }

    [Fact]
    public void AModelAndItsBaseHaveInferenceClassesOfTheirOwn()
    {
        Compilation compilation = Compiled(Programs.Usings + Net +
            """
            [Activation(Kind.HeLU)] public partial class Derived : Net { }
            [Activation(Kind.HeLU)] public partial class Derived<T> : Net where T : class, new() { }
            [Activation(Kind.HeLU)] public partial class DERIVED : Derived { public override Tensor forward(Tensor y) => base.forward(y) * 2; }
            """);

        Assert.NotNull(compilation.GetTypeByMetadataName("DerivedInference"));
        Assert.NotNull(compilation.GetTypeByMetadataName("DerivedInference`1"));
        Assert.NotNull(compilation.GetTypeByMetadataName("DERIVEDInference"));
        Assert.Equal(4, compilation.SyntaxTrees.Count(tree => tree.FilePath.EndsWith(".Inference.g.cs", StringComparison.Ordinal)));
    }

    [Fact]
    public void APartMayStandInAnotherFile()
    {
        Compilation compilation = Compiled(
            Programs.Usings + "[Activation(Kind.HeLU)] public partial class Net : Module<Tensor, Tensor> { private readonly Linear fc = Linear(2, 2); public Net() : base(\"Net\") => RegisterComponents(); }",
            Programs.Usings + "partial class Net { public override Tensor forward(Tensor x) => Act(fc.call(x)); private static partial Tensor Act(Tensor x); }",
            Programs.Usings + "partial class Net { private static partial Tensor Act(Tensor x) => x.relu(); }");

        Assert.Contains(compilation.SyntaxTrees, tree => tree.ToString().Contains("Ops.relu(x, new ActivationSpec(Kind.HeLU, 0.05))", StringComparison.Ordinal));
    }

    private static Compilation Compiled(params string[] sources) => Compiled(Programs.Compilation(sources));

    private static Compilation Compiled(CSharpCompilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        GeneratorDriver driver = Programs.Driver((CSharpParseOptions)compilation.SyntaxTrees[0].Options).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        Assert.Null(driver.GetRunResult().Results.Single().Exception);
        IEnumerable<Diagnostic> problems = generated.Emit(Stream.Null).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));
        Assert.Empty(problems.Select(problem => problem.ToString()).Concat(problems.Any() ? driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()) : []));
        return generated;
    }
}
