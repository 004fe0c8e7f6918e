extern alias compiler;

using compiler::Helu.ModelReading.Forward;
using Helu.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Generators.Tests;

/// <summary>What can't be specialised is reported where it stands, and nothing is generated from it.</summary>
public class ForwardProblemTests
{
    /// <summary>Bodies of a forward with the culprits in [| |], and a word of what is said of each.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        // contents
        { "if ([|x.sum().item<float>()|] > 0) return x; return -x;", "what a tensor holds" },
        { "return [|x.max().ToSingle()|] > 0 ? x : -x;", "what a tensor holds" },
        { "if ([|x.any().ToBoolean()|]) return x; return -x;", "what a tensor holds" },
        // operations
        { "return [|x.argmax(1)|];", "no such operation" },
        { "return [|x.matmul(x)|];", "no such operation" },
        { "return [|torch.rand_like(x)|] + x;", "no such operation" },
        { "return x + [|torch.ones(6)|];", "no such operation" },
        { "return [|x % x|];", "no such operation" },
        { "return [|x[0]|];", "narrow" },
        { "return [|functional.hardtanh(x)|];", "clamp" },
        { "return [|x.to(float64)|].relu();", "float32" },
        { "return functional.softmax(x, 1, [|ScalarType.Float64|]);", "float32" },
        { "return functional.interpolate(x, new long[] { 2 }, mode: [|InterpolationMode.Bilinear|]);", "default" },
        { "return functional.avg_pool2d(x, 2, divisor_override: [|3|]);", "default" },
        { "return functional.pad(x, new long[] { 1, 1 }, value: [|2|]);", "default" },
        { "return x.div(x, [|RoundingMode.floor|]);", "default" },
        { "return [|functional.dropout(x, 0.5)|];", "'training'" },
        { "return [|functional.dropout(x, training: true)|];", "'training'" },
        // in place
        { "return [|x.view(-1).relu_()|];", "view" },
        { "[|x.unsqueeze_(1)|]; return x;", "changes the shape" },
        { "[|state|] = x; return x;", "keep state" },
        { "[|count|]++; return x;", "keep state" },
        { "[|state.add_(x)|]; return x;", "keep state" },
        // code elsewhere
        { "return [|Elsewhere.Twice(x)|];", "another class" },
        { "return x * [|Elsewhere.Factor|];", "the model's own fields" },
        { "return x * [|fc.bias|];", "the model's own fields" },
        { "return [|this.call(x)|];", "run itself" },
        { "Func<Tensor, Tensor> f = [|t => t.relu()|]; return x;", "lambda" },
        { "return new[] { 1, 2 }.Select([|i => x * i|]).First();", "lambda" },
        { "var d = [|System.DateTime.Now|]; return x;", "the model's own fields" },
        { "return x * [|2.5.GetHashCode()|];", "another class" },
        // modules
        { "if ([|module is Linear|]) return x; if (module is [|Sequential s|]) return s.call(x); return x;", "type of a module" },
        { "return [|lstm.call(x)|].Item1;", "return one tensor" },
        // statements
        { "[|try { return x; } finally { }|]", "plain statements" },
        { "[|again: x = x * 2;|] if (count > 3) [|goto again;|] return x;", "plain statements" },
        { "lock ([|module|]) { return x; }", "plain statements" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void ItIsReportedWhereItStands(string body, string said) => Check(Source("public override Tensor forward(Tensor x) { " + body + " }"), said);

    /// <summary>Members of a model.</summary>
    public static TheoryData<string, string> Members => new()
    {
        { "public override Tensor forward(Tensor x) => Helper(x, ref count); Tensor Helper(Tensor t, [|ref int n|]) => t;", "by ref" },
        { "public override Tensor forward(Tensor x) => [|Later(x).Result|]; async System.Threading.Tasks.Task<Tensor> Later(Tensor t) { await System.Threading.Tasks.Task.Yield(); return t; }", "the model's own fields" },
        { "public override Tensor forward(Tensor x) => cat(Each(x).ToArray(), 1); [|IEnumerable<Tensor>|] Each(Tensor t) { yield return t; }", "iterators" },
        { "public override Tensor forward(Tensor x) => Helper(x); Tensor Helper(Tensor t) => [|t.argmax(1)|];", "no such operation" },
        { "public override Tensor forward(Tensor x) { return Inner(x); Tensor Inner(Tensor t) => [|t.argmin()|]; }", "no such operation" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void ItIsReportedInHelpersToo(string members, string said) => Check(Source(members), said);

    [Theory]
    [InlineData("[Activation(Kind.HeLU)] class Net : Module<Tensor, (Tensor, Tensor)> { public Net() : base(\"\") { } public override [|(Tensor, Tensor)|] forward(Tensor x) => (x, x); }")]
    [InlineData("[Activation(Kind.HeLU)] class Net : Module<int, Tensor> { public Net() : base(\"\") { } public override [|Tensor|] forward(int x) => ones(x); }")]
    public void AForwardOfOtherThanTensorsIsReported(string source) => Check(Programs.Usings + source, "one to four tensors");

    [Fact]
    public void AForwardThatIsCompiledElsewhereIsReported() => Check(
        Programs.Usings + "[Activation(Kind.HeLU)] class Net : [|Sequential|] { public Net() : base(Array.Empty<(string, Module<Tensor, Tensor>)>()) { } }",
        "another assembly");

    [Fact]
    public void AParameterOfTheClassIsReported() => Check(
        Programs.Usings + "[Activation(Kind.HeLU)] class Net(Linear fc) : Module<Tensor, Tensor>(\"\") { public override Tensor forward(Tensor x) => [|fc|].call(x); }",
        "constructor");

    [Fact]
    public void SeveralAreReportedAtOnce() => Check(Source("public override Tensor forward(Tensor x) => cat(new[] { [|x.argmax()|], [|x.cos()|] + [|x.sort()|].Values, x.relu() }, 1);"), "no such operation");

    [Fact]
    public void CodeThatOnlyTrainingReachesIsNot() => Check(
        Source("public override Tensor forward(Tensor x) { if (training && x.sum().item<float>() > 0) { return x.argmax(); } var y = this.training ? x.cos() : x; return !training ? y : x.sort(1).Values; return x.argmax(); }"),
        "");

    [Theory]
    [InlineData("class Net : Module<Tensor, Tensor> { public Net() : base(\"\") { } public override Tensor forward(Tensor x) => x.argmax(); }")]
    [InlineData("[Activation((Kind)77)] class Net : Module<Tensor, Tensor> { public Net() : base(\"\") { } public override Tensor forward(Tensor x) => x.argmax(); }")]
    [InlineData("[Activation(Kind.HeLU)] abstract class Net : Module<Tensor, Tensor> { public Net() : base(\"\") { } public override Tensor forward(Tensor x) => x.argmax(); }")]
    [InlineData("[Activation(Kind.HeLU)] class Net { public Tensor forward(Tensor x) => x.argmax(); }")]
    public void AClassThatIsNoAnnotatedModelIsNotRead(string source) =>
        Assert.Null(ForwardReadings.Of(Programs.Compilation(Programs.Usings + source), "Net"));

    private static string Source(string members) => Programs.Usings +
        $$"""
        [Activation(Kind.HeLU)]
        public class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(6, 6);
            private readonly LSTM lstm = LSTM(6, 6);
            private readonly Module<Tensor, Tensor> module = ReLU();
            private Tensor state = ones(6);
            private int count;
            public Net() : base("Net") => RegisterComponents();
            {{members}}
        }
        static class Elsewhere { public static double Factor = 2; public static Tensor Twice(Tensor x) => x * 2; }
        """;

    private static void Check(string markup, string said)
    {
        string source = markup.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        CSharpCompilation compilation = Programs.Compilation(source);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        ForwardReading reading = ForwardReadings.Of(compilation, "Net")!;

        string marked = source;
        foreach (ForwardProblem problem in reading.Problems.OrderByDescending(problem => problem.Node.SpanStart))
            marked = marked.Insert(problem.Node.Span.End, "|]").Insert(problem.Node.SpanStart, "[|");
        Assert.Equal(markup, marked);
        Assert.All(reading.Problems, problem => Assert.Contains(said, problem.Instead, StringComparison.Ordinal));
        Assert.Equal(reading.Problems.Count == 0, reading.Model is not null);
    }
}
