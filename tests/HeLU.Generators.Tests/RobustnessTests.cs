extern alias compiler;

using compiler::Helu.ModelReading;
using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;

namespace Helu.Generators.Tests;

/// <summary>Half-typed, broken and unusual programs: the generator never throws, reports nothing, and breaks no program that compiles.</summary>
public class RobustnessTests
{
    private const string Body = "public class Net { public Tensor F(Tensor x) => x.relu(); }";
    private const string Annotated = "[Activation(Kind.HeLU)] " + Body;

    private static readonly string s_everyForm = ReadEveryForm();

    [Fact]
    public void TheWholeProgramCompilesWithoutWarnings() => AssertSwaps(30, Compile(s_everyForm));

    [Fact]
    public void EveryPrefixOfAProgramIsHarmless()
    {
        CSharpCompilation whole = Compile(s_everyForm);
        for (int length = 0; length < s_everyForm.Length; length += 11)
            AssertHarmless(Replace(whole, s_everyForm[..length]), $"cut at {length}");
    }

    [Fact]
    public void EveryPrefixWithItsBracketsClosedIsHarmless()
    {
        CSharpCompilation whole = Compile(s_everyForm);
        for (int length = 5; length < s_everyForm.Length; length += 11)
            AssertHarmless(Replace(whole, s_everyForm[..length] + Closers(s_everyForm[..length])), $"cut at {length} and closed");
    }

    [Fact]
    public void TokensMissingOrSwappedAreHarmless()
    {
        CSharpCompilation whole = Compile(s_everyForm);
        SyntaxToken[] tokens = [.. whole.SyntaxTrees[0].GetRoot().DescendantTokens()];
        var random = new Random(20);
        for (int round = 0; round < 300; round++)
        {
            int at = random.Next(tokens.Length - 2);
            string[] texts = [.. tokens.Select(token => token.ToFullString())];
            if (round % 2 == 0)
                texts[at] = "";
            else
                (texts[at], texts[at + 1]) = (texts[at + 1], texts[at]);
            AssertHarmless(Replace(whole, string.Concat(texts)), $"round {round}: token {at}, {tokens[at]}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Net.cs")]
    [InlineData("/home/user/models/Net.cs")]
    [InlineData("C:\\Users\\A User\\Net.cs")]
    [InlineData("a folder/ネット #1 (copy).cs")]
    [InlineData("quote\"s and 'apostrophes'.cs")]
    [InlineData("<what|is>?*:.cs")]
    [InlineData("line\nbreak.cs")]
    [InlineData("line\r\nbreak\u2028paragraph\u0085.cs")]
    [InlineData("nul\0.cs")]
    [InlineData("ends in a slash/")]
    [InlineData("../../..")]
    [InlineData("*/ } \" \\")]
    public void APathOfAnyKindIsFine(string path) =>
        AssertSwaps(1, Programs.Compilation().AddSyntaxTrees(Programs.Tree(Programs.Usings + Annotated, path)));

    [Fact]
    public void APathThatIsNullIsFine() => AssertSwaps(1, Programs.Compilation().AddSyntaxTrees(Programs.Tree(Programs.Usings + Annotated, null!)));

    [Fact]
    public void TwoFilesCanHaveOnePath() => AssertSwaps(
        2,
        Programs.Compilation().AddSyntaxTrees(
            Programs.Tree(Programs.Usings + Annotated, "Net.cs"),
            Programs.Tree(Programs.Usings + Annotated.Replace("Net", "Other", StringComparison.Ordinal), "Net.cs")));

    [Fact]
    public void TwoFilesCanHaveOneText()
    {
        // The compiler tells files apart by a checksum of their text: neither call can be redirected.
        string text = Programs.Usings + Annotated.Replace("public class", "file class", StringComparison.Ordinal);
        CSharpCompilation compilation = Programs.Compilation().AddSyntaxTrees(Programs.Tree(text, "A.cs"), Programs.Tree(text, "B.cs"));
        AssertSwaps(0, compilation);

        var reader = new ReluReader(TorchTypes.Find(compilation)!, tree => compilation.GetSemanticModel(tree));
        INamedTypeSymbol[] types = [.. compilation.Assembly.GlobalNamespace.GetTypeMembers("Net")];
        Assert.Equal(2, types.Length);
        Assert.All(types, type => Assert.Equal(LeftReason.NotInterceptable, reader.Read(type, CancellationToken.None).Left.Single().Reason));
    }

    [Theory]
    [InlineData("[Activation(Kind.HeLU)] file class Net { public Tensor F(Tensor x) => x.relu(); }", 1)]
    [InlineData("namespace @event.@class { [Activation(Kind.HeLU)] class @namespace { public Tensor @return(Tensor @in) => @in.relu(); } }", 1)]
    [InlineData("namespace Größe.モデル { [Activation(Kind.HeLU)] class Cafe\u0301\u203Fa { public Tensor F(Tensor x) => x.relu(); } }", 1)]
    [InlineData("class Outer { file class Dummy { } } [Activation(Kind.HeLU)] file struct Net<T> { public Tensor F(Tensor x) => x.relu(); }", -1)]
    [InlineData("[Activation(Kind.HeLU)] class Net { interface INet { Tensor F(Tensor x) => x.relu(); static Tensor G(Tensor x) => x.relu(); } }", 2)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public static Tensor operator +(Net n, Tensor x) => x.relu(); public static implicit operator Tensor(Net n) => ones(1).relu(); }", 2)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public Tensor this[Tensor x] => x.relu(); ~Net() { ones(1).relu(); } event Action E { add { ones(1).relu(); } remove { } } }", 3)]
    [InlineData("[Activation(Kind.HeLU)] class Net { static readonly Tensor s; static Net() => s = ones(1).relu(); public Tensor P { get => field.relu(); set; } = ones(1).relu(); }", 3)]
    [InlineData("[Activation(Kind.HeLU)] class Net(Tensor x) : Base(x.relu()) { } class Base(Tensor x) { public Tensor X => x; }", 1)]
    [InlineData("class Base(Tensor x) { public Tensor X => x; } [Activation(Kind.HeLU)] class Net : Base { Net(Tensor x) : base(x.relu()) { } Net() : this(ones(1).relu()) { } }", 2)]
    [InlineData("[Activation(Kind.HeLU)] static class Net { extension(Tensor x) { public Tensor Act() => x.relu(); public Tensor P => x.relu(); } }", 2)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public Tensor F(Tensor x) { checked { return x.relu(); } } public Tensor G(Tensor x) { lock (this) { using var s = NewDisposeScope(); try { return x.relu(); } catch when (x.relu() is null) { throw; } finally { x.relu(); } } } }", 4)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public Tensor F(Tensor x) => x is { } y && y.relu() is var z ? z : x.relu(); object A(Tensor x) => new { R = x.relu() }; }", 3)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public async System.Threading.Tasks.Task<Tensor> F(System.Threading.Tasks.Task<Tensor> x) => (await x).relu(); public static IEnumerable<Tensor> G(Tensor x) { yield return x.relu(); } }", 2)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public string F(Tensor x) => $\"{x.relu()}{(x.relu() is null ? \"\" : $\"{functional.relu(x):f}\")}\"; }", 3)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public object F(Tensor x) => from t in new[] { x.relu() } let u = t.relu() where u.relu() is not null select functional.relu(u); }", 4)]
    [InlineData("[Activation(Kind.HeLU)] class Net { public dynamic F(dynamic x, Tensor t) => x.relu() + t.relu(); public Tensor G(Tensor x) => x!.relu()!.relu(); }", 3)]
    [InlineData("[Activation(Kind.HeLU)] class Net<T> where T : Module<Tensor, Tensor> { public class In<U> { public Tensor F(T m, Tensor x) => Sequential(m, ReLU()).call(x).relu(); } }", 3)]
    [InlineData("[Activation(Kind.HeLU)] delegate Tensor Act(Tensor x); [Activation(Kind.HeLU)] enum E { A }", -1)]
    [InlineData("#line 7 \"C:\\\\elsewhere\\Page.razor\"\n[Activation(Kind.HeLU)] class Net { public Tensor F(Tensor x) => x.relu(); }\n#line hidden\n[Activation(Kind.HeLU)] class Hidden { public Tensor F(Tensor x) => x.relu(); }\n#line default", 2)]
    [InlineData("#line (1, 1) - (1, 9) 4 \"Page.cshtml\"\n[Activation(Kind.HeLU)] class Net { public Tensor F(Tensor x) => x.relu(); }", 1)]
    [InlineData("#nullable disable\n[Activation(Kind.HeLU)] class Net { public Tensor F(Tensor x) => x?.relu(); List<Module<Tensor, Tensor>> L = new(); void G() => L.Add(ReLU()); }", 2)]
    [InlineData("#nullable enable\n[Activation(Kind.HeLU)] class Net { public List<Module<Tensor, Tensor>?> L = new(); void G() { L.Add(ReLU()); L.Insert(0, ReLU()); } }", 2)]
    public void AnUnusualProgramIsSwappedAndCompiles(string source, int sites)
    {
        CSharpCompilation compilation = Compile(Programs.Usings + source);
        if (sites < 0)
            AssertHarmless(compilation, source);
        else
            AssertSwaps(sites, compilation);
    }

    [Fact]
    public void UnsafeCodeIsSwapped()
    {
        CSharpCompilation compilation = Compile(Programs.Usings + "[Activation(Kind.HeLU)] unsafe class Net { public Tensor F(Tensor x, int* n) { fixed (int* p = new int[*n]) return x.relu(); } }");
        AssertSwaps(1, compilation.WithOptions(compilation.Options.WithAllowUnsafe(true)));
    }

    [Fact]
    public void SourcesWithCarriageReturnsAreSwapped() => AssertSwaps(30, Compile(s_everyForm.ReplaceLineEndings("\r\n")));

    [Theory]
    [InlineData("")]
    [InlineData("namespace Mine;")]
    [InlineData("namespace Helu;")]
    [InlineData("namespace Helu.Runtime;")]
    [InlineData("namespace System;")]
    public void TheUsersOwnTypesOfTheSameNamesAreNotMistaken(string @namespace)
    {
        string source =
            $$"""
            {{@namespace}}
            class Tensor { public Tensor relu() => this; }
            class Module { public Tensor call(Tensor x) => x; }
            class ReLU : Module { }
            class Swap { }
            class Modules { }
            class nn { }
            class AnyModule { }
            class IModule { }
            class Sequential { }
            class List<T> { public void Add(T item) { } }
            class functional { public static Tensor relu(Tensor x) => x; }
            {{(@namespace == "namespace Helu;" ? "" : "class Kind { } class Activation { } class ActivationSpec { }")}}
            [global::Helu.Activation(global::Helu.Kind.HeLU)]
            class Net
            {
                public Tensor Own(Tensor x) => functional.relu(new ReLU().call(x.relu()));
                public void Adds(List<ReLU> all) => all.Add(new ReLU());
                public global::TorchSharp.torch.Tensor F(global::TorchSharp.torch.Tensor x) => global::TorchSharp.torch.nn.functional.relu(x.relu());
                public global::TorchSharp.torch.Tensor G(global::TorchSharp.torch.Tensor x) => global::TorchSharp.torch.nn.Sequential(global::TorchSharp.torch.nn.ReLU()).call(x);
            }
            """;
        if (@namespace == "namespace Helu.Runtime;")
            source = source.Replace("class Swap { }", "", StringComparison.Ordinal);
        AssertSwaps(3, Compile(source));
    }

    [Fact]
    public void GlobalAliasesOfTheSameNamesAreNotInTheWay() => AssertSwaps(
        1,
        Programs.Compilation(
            "global using Tensor = System.String; global using Swap = System.Int32; global using nn = System.Math; global using Modules = System.Linq;",
            "[Helu.Activation(Helu.Kind.HeLU)] class Net { public TorchSharp.torch.Tensor F(TorchSharp.torch.Tensor x) => x.relu(); }"));

    [Fact]
    public void NoUsingOfTheUsersIsNeeded() => AssertSwaps(
        3,
        Compile(
            """
            [Helu.Activation(Helu.Kind.HeLU)]
            class Net
            {
                TorchSharp.torch.Tensor F(TorchSharp.torch.Tensor x) => TorchSharp.torch.nn.functional.relu(x.relu());
                TorchSharp.Modules.Sequential S() => TorchSharp.torch.nn.Sequential(System.Tuple.Create("a", (TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>)TorchSharp.torch.nn.ReLU()));
            }
            """));

    [Theory]
    [InlineData(LanguageVersion.Preview, 1)]
    [InlineData(LanguageVersion.Latest, 1)]
    [InlineData(LanguageVersion.CSharp13, 1)]
    [InlineData(LanguageVersion.CSharp12, 1)]
    [InlineData(LanguageVersion.CSharp11, 1)]
    [InlineData(LanguageVersion.CSharp10, 0)]
    [InlineData(LanguageVersion.CSharp9, 0)]
    [InlineData(LanguageVersion.CSharp7_3, 0)]
    public void EveryLanguageVersionCompilesAndThoseWithFileTypesAreSwapped(LanguageVersion version, int sites)
    {
        CSharpParseOptions options = Programs.ParseOptions.WithLanguageVersion(version);
        CSharpCompilation compilation = Programs.Compilation(options, Programs.Usings + Annotated);
        AssertSwaps(sites, compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)));
    }

    [Fact]
    public void TopLevelStatementsAreSpokenForByTheAssembly()
    {
        CSharpCompilation compilation = Compile(
            Programs.Usings +
            """
            [assembly: Activation(Kind.HeLU)]
            var x = ones(1);
            Console.WriteLine(Local(x.relu()));
            Tensor Local(Tensor t) => functional.relu(t);
            class Net { public Tensor F(Tensor x) => x.relu(); }
            """);
        AssertSwaps(3, compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication)));
    }

    [Fact]
    public void CallsInAnExpressionTreeAreSwapped()
    {
        using var program = new SwappedProgram(
            Programs.Usings +
            """
            [Activation(Kind.HeLU)]
            public static class Net
            {
                private static readonly System.Linq.Expressions.Expression<Func<Tensor, Tensor>> s_tree = x => functional.relu(x.relu(), false);
                public static Tensor F(Tensor x) => s_tree.Compile()(x);
                public static object Nested(IQueryable<Tensor> all) => all.Select(x => x.relu());
            }
            """);

        Assert.Equal(3, program.InterceptedCalls);
        Assert.Equal(1, Gradient.At(-0.01, x => program.Call<torch.Tensor>("Net", "F", x)));
        Assert.Equal(0, Gradient.At(-1, x => program.Call<torch.Tensor>("Net", "F", x)));
    }

    private static CSharpCompilation Compile(string source) => Programs.Compilation(source);

    private static CSharpCompilation Replace(CSharpCompilation compilation, string text) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], Programs.Tree(text, "File0.cs"));

    private static void AssertSwaps(int sites, CSharpCompilation compilation)
    {
        Assert.Empty(Problems(compilation));
        (string[] generated, Compilation swapped) = Run(compilation);
        Assert.Empty(Problems(swapped).Select(problem => problem.ToString()).Concat(generated.Where(_ => Problems(swapped).Length > 0)));
        Assert.Equal(sites, generated.Sum(text => text.Split("[InterceptsLocation(").Length - 1));
    }

    private static void AssertHarmless(CSharpCompilation compilation, string what)
    {
        (string[] generated, Compilation swapped) = Run(compilation);
        if (compilation.SyntaxTrees.Any(tree => tree.GetDiagnostics().Any(IsError)) || !compilation.Emit(Stream.Null).Success)
            return;
        Assert.True(swapped.Emit(Stream.Null).Success, string.Join('\n', [what, .. Problems(swapped).Select(problem => problem.ToString()), .. generated]));
    }

    private static (string[] Generated, Compilation Swapped) Run(CSharpCompilation compilation)
    {
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        GeneratorDriver driver = Programs.Driver(options).RunGeneratorsAndUpdateCompilation(compilation, out Compilation swapped, out var diagnostics);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(diagnostics);
        return ([.. result.GeneratedSources.Select(source => source.SourceText.ToString())], swapped);
    }

    /// <summary>Errors and warnings of a build; those of interceptors come with the code, after the diagnostics of the declarations.</summary>
    private static Diagnostic[] Problems(Compilation compilation) =>
        [.. compilation.Emit(Stream.Null).Diagnostics.Where(diagnostic => IsError(diagnostic) || diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true && diagnostic.Severity == DiagnosticSeverity.Warning)];

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static string Closers(string text)
    {
        var open = new Stack<char>();
        foreach (char c in text)
        {
            if (c is '(' or '{' or '[')
                open.Push(c);
            else if (c is ')' or '}' or ']' && open.Count > 0)
                open.Pop();
        }
        return string.Concat(open.Select(c => c switch { '(' => ")", '[' => "]", _ => ";}" }));
    }

    private static string ReadEveryForm()
    {
        using Stream stream = typeof(RobustnessTests).Assembly.GetManifestResourceStream("EveryForm.cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
