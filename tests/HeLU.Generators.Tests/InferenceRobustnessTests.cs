using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Generators.Tests;

/// <summary>Half-typed and broken models: reading them never throws, and what is generated from a program that compiles compiles.</summary>
public class InferenceRobustnessTests
{
    public static TheoryData<string> Files => ["UNet", "Recommender", "MobileNet"];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryPrefixOfAModelIsHarmless(string file)
    {
        string source = Source(file);
        for (int length = 0; length < source.Length; length += 41)
            AssertHarmless(source[..length], $"cut at {length}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void TokensMissingOrSwappedAreHarmless(string file)
    {
        string[] tokens = [.. CSharpSyntaxTree.ParseText(Source(file), Programs.ParseOptions).GetRoot().DescendantTokens().Select(token => token.ToFullString())];
        var random = new Random(20);
        for (int round = 0; round < 80; round++)
        {
            int at = random.Next(tokens.Length - 2);
            string[] edited = [.. tokens];
            if (round % 2 == 0)
                edited[at] = "";
            else
                (edited[at], edited[at + 1]) = (edited[at + 1], edited[at]);
            AssertHarmless(string.Concat(edited), $"round {round}: token {at}, {tokens[at]}");
        }
    }

    [Theory]
    [InlineData("public override Tensor forward(Tensor x) => forward(x);")]
    [InlineData("public override Tensor forward(Tensor x) => A(x); Tensor A(Tensor x) => B(x); Tensor B(Tensor x) => A(x);")]
    [InlineData("public override Tensor forward(Tensor x);")]
    [InlineData("public override Tensor forward(Tensor x) { }")]
    [InlineData("public override Tensor forward(Tensor x) => x.;")]
    [InlineData("public override Tensor forward(Tensor x) => x.relu(1, 2);")]
    [InlineData("public override Tensor forward(Unknown x) => x;")]
    [InlineData("public override Tensor forward(Tensor x) => Unknown(x, unknown).call(x => x);")]
    [InlineData("public override Tensor forward(Tensor x) { foreach (var y in ) x = y; for (;;) ; while () { } switch (x) { case } return }")]
    [InlineData("public override Tensor forward(Tensor x) { return x; } public override Tensor forward(Tensor x) { return x; }")]
    [InlineData("private Linear a = a; private Module<Tensor, Tensor> b = new Net(); public override Tensor forward(Tensor x) => b.call(a.call(x));")]
    [InlineData("private Net other = new Net(); public override Tensor forward(Tensor x) => other.call(x);")]
    [InlineData("private Linear a = Linear(), b = Linear(1, ); Sequential s = Sequential((\"a\", ), (, Linear(1, 2))); public Net() : base { a = ; } public override Tensor forward(Tensor x) => s.call(a.call(x));")]
    [InlineData("public Net(int n) : this(n) { } private Linear a = Linear(1, 2); public override Tensor forward(Tensor x) => a.call(x);")]
    public void AnythingIsHarmless(string members) =>
        AssertHarmless(Programs.Usings + "[Activation(Kind.HeLU)] public partial class Net : Module<Tensor, Tensor> { public Net() : base(\"Net\") { } " + members + " }", members);

    [Theory]
    [InlineData("class A : B { } [Activation(Kind.HeLU)] class B : A { public override Tensor forward(Tensor x) => x; }")]
    [InlineData("[Activation(Kind.HeLU)] class A<T> : Module<Tensor, T> { public override T forward(Tensor x) => default; }")]
    [InlineData("[Activation(Kind.HeLU)] class : Module<Tensor, Tensor> { public override Tensor forward(Tensor x) => x; }")]
    public void AnyClassIsHarmless(string source) => AssertHarmless(Programs.Usings + source, source);

    private static string Source(string file)
    {
        using Stream stream = typeof(InferenceRobustnessTests).Assembly.GetManifestResourceStream(file + ".cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("[ACTIVATION]", "[Activation(Kind.HeLU)]", StringComparison.Ordinal);
    }

    private static void AssertHarmless(string source, string what)
    {
        CSharpCompilation compilation = s_empty.AddSyntaxTrees(Programs.Tree(source, "File0.cs"));
        GeneratorDriver driver = Programs.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        Assert.True(driver.GetRunResult().Results.Single().Exception is null, $"{what}: {driver.GetRunResult().Results.Single().Exception}");
        if (compilation.SyntaxTrees[0].GetDiagnostics().Any(IsError) || !compilation.Emit(Stream.Null).Success)
            return;
        Assert.True(generated.Emit(Stream.Null).Success, string.Join('\n', [what, .. generated.GetDiagnostics().Where(IsError), .. driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString())]));
    }

    /// <summary>Compilations that are made from one whose references are bound share them.</summary>
    private static readonly CSharpCompilation s_empty = Bound();

    private static CSharpCompilation Bound()
    {
        CSharpCompilation empty = Programs.Compilation();
        Assert.NotNull(empty.GetTypeByMetadataName("System.Object"));
        return empty;
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
}
