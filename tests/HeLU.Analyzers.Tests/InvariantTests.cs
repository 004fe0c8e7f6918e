using System.Collections.Immutable;
using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>Every ReLU in annotated code is swapped or reported: one ReLU in each of the forms it is written in.</summary>
public class InvariantTests
{
    private const string Around =
        """
        public class Block(Module<Tensor, Tensor> act) : Module<Tensor, Tensor>("Block")
        {
            public Module<Tensor, Tensor> act = act;
            public override Tensor forward(Tensor x) => act.call(x);
            public static Tensor Run(Module<Tensor, Tensor> act, Tensor x) => act.call(x);
        }
        """;

    /// <summary>Members, constructor, forward; then the call that is redirected, or the place that is reported.</summary>
    public static TheoryData<string, string, string, string, string> Forms { get; } = new()
    {
        { "", "", "return functional.relu(x);", "swapped", "functional.relu(x)" },
        { "", "", "return functional.relu(x, true);", "swapped", "functional.relu(x, true)" },
        { "", "", "return x.relu();", "swapped", "x.relu()" },
        { "", "", "return x.relu_();", "swapped", "x.relu_()" },
        { "", "", "return x?.relu()!;", "swapped", ".relu()" },
        { "", "", "return ReLU().call(x);", "swapped", "ReLU().call(x)" },
        { "", "", "using var act = ReLU(); return act.forward(x);", "swapped", "act.forward(x)" },
        { "ReLU act = ReLU();", "", "return act.call(x);", "swapped", "act.call(x)" },
        { "ReLU act;", "act = nn.ReLU(inplace: true);", "return act.call(x);", "swapped", "act.call(x)" },
        { "readonly ReLU[] acts = [ReLU()];", "", "return acts[0].call(x);", "swapped", "acts[0].call(x)" },
        { "readonly Module<Tensor, Tensor> act = ReLU();", "", "return act.call(x);", "swapped", "act.call(x)" },
        { "readonly Module<Tensor, Tensor>? act = ReLU();", "", "return act?.call(x).neg() ?? x;", "swapped", ".call(x)" },
        { "Module<Tensor, Tensor> Act { get; } = ReLU();", "", "return Act.forward(x);", "swapped", "Act.forward(x)" },
        { "readonly IModule<Tensor, Tensor> act = ReLU();", "", "return act.call(x);", "swapped", "act.call(x)" },
        { "readonly object act = ReLU();", "", "return act is ReLU relu ? relu.call(x) : x;", "swapped", "relu.call(x)" },
        { "", "", "Module<Tensor, Tensor> act = x.dim() > 1 ? ReLU() : Tanh(); return act.call(x);", "swapped", "act.call(x)" },
        { "", "", "Module<Tensor, Tensor> act = x.dim() switch { 1 => ReLU(), _ => Tanh() }; return act.call(x);", "swapped", "act.call(x)" },
        { "", "", "Func<Tensor, Tensor> f = y => functional.relu(y); return f(x);", "swapped", "functional.relu(y)" },
        { "", "", "return Local(x); static Tensor Local(Tensor y) => y.relu();", "swapped", "y.relu()" },
        { "readonly Module<Tensor, Tensor>[] acts = [ReLU()];", "", "foreach (var act in acts) x = act.call(x); return x;", "swapped", "act.call(x)" },
        { "", "", "Module<Tensor, Tensor>[] acts = [ReLU()]; return acts.Aggregate(x, (y, act) => act.call(y));", "swapped", "act.call(y)" },
        { "readonly Sequential seq = Sequential(ReLU());", "", "return seq.call(x);", "swapped", "Sequential(ReLU())" },
        { "readonly Sequential seq = Sequential((\"act\", ReLU()));", "", "return seq.call(x);", "swapped", "Sequential((\"act\", ReLU()))" },
        { "readonly Sequential seq;", "var list = new List<Module<Tensor, Tensor>> { ReLU() }; seq = Sequential(list);", "return seq.call(x);", "swapped", "Sequential(list)" },
        { "readonly Sequential seq;", "Module<Tensor, Tensor>[] all = [ReLU()]; seq = Sequential(all);", "return seq.call(x);", "swapped", "Sequential(all)" },
        { "readonly Sequential seq = Sequential(Linear(1, 1));", "seq.append(ReLU());", "return seq.call(x);", "swapped", "seq.append(ReLU())" },
        { "readonly Sequential seq = Sequential(Linear(1, 1));", "seq.append(\"act\", ReLU());", "return seq.call(x);", "swapped", "seq.append(\"act\", ReLU())" },
        { "readonly ModuleList<Module<Tensor, Tensor>> list = ModuleList<Module<Tensor, Tensor>>(ReLU());", "", "return list[0].call(x);", "swapped", "ModuleList<Module<Tensor, Tensor>>(ReLU())" },
        { "readonly ModuleList<Module<Tensor, Tensor>> list = new();", "list.Add(ReLU());", "return list[0].call(x);", "swapped", "list.Add(ReLU())" },
        { "readonly ModuleDict<Module<Tensor, Tensor>> dict = new();", "dict.Add(\"a\", ReLU());", "return dict[\"a\"].call(x);", "swapped", "dict.Add(\"a\", ReLU())" },
        { "public readonly List<Module<Tensor, Tensor>> list = new();", "list.Add(ReLU());", "return list[0].call(x);", "swapped", "list.Add(ReLU())" },
        { "class Head { Module<Tensor, Tensor> act = ReLU(); Tensor Run(Tensor x) => act.call(x); }", "", "return x;", "swapped", "act.call(x)" },
        { "public Module<Tensor, Tensor> act = ReLU();", "", "return act.call(x);", "HELU0001", "ReLU()" },
        { "Module<Tensor, Tensor> act = ReLU(); public object Act => act;", "", "return act.call(x);", "HELU0001", "ReLU()" },
        { "Module<Tensor, Tensor> Make() => ReLU();", "", "return Make().call(x);", "HELU0001", "ReLU()" },
        { "Func<Module<Tensor, Tensor>> make = () => ReLU();", "", "return make().call(x);", "HELU0001", "ReLU()" },
        { "Module<Tensor, Tensor> Act => ReLU();", "", "return Act.call(x);", "HELU0001", "ReLU()" },
        { "readonly Block block = new(ReLU());", "", "return block.call(x);", "HELU0001", "ReLU()" },
        { "readonly Block block = new(null!) { act = ReLU() };", "", "return block.call(x);", "HELU0001", "ReLU()" },
        { "readonly Sequential seq = Sequential(new Block(ReLU()));", "", "return seq.call(x);", "HELU0001", "ReLU()" },
        { "readonly Sequential seq; static Block Wrap(Module<Tensor, Tensor> act) => new(act);", "seq = Sequential(new[] { ReLU() }.Select(Wrap));", "return seq.call(x);", "HELU0001", "Wrap" },
        { "readonly Sequential seq;", "seq = Sequential(new[] { ReLU() }.Select(act => new Block(act)));", "return seq.call(x);", "HELU0001", "act" },
        { "", "", "return Block.Run(ReLU(), x);", "HELU0001", "ReLU()" },
        { "", "", "dynamic act = ReLU(); return act.call(x);", "HELU0001", "ReLU()" },
        { "", "register_module(\"act\", ReLU());", "foreach (var (name, act) in named_children()) x = ((Module<Tensor, Tensor>)act).call(x); return x;", "HELU0001", "ReLU()" },
        { "Module<Tensor, Tensor>? act;", "", "return (act = ReLU()).call(x);", "HELU0001", "ReLU()" },
        { "", "", "Module<Tensor, Tensor>[] acts = new Module<Tensor, Tensor>[1]; acts[0] = ReLU(); return acts[0].call(x);", "HELU0001", "ReLU()" },
        { "", "", "Func<Tensor, bool, Tensor> f = functional.relu; return f(x, false);", "HELU0002", "functional.relu" },
        { "", "", "Func<Tensor> f = x.relu; return f();", "HELU0002", "x.relu" },
        { "readonly ReLU act = ReLU();", "", "Func<Tensor, Tensor> f = act.call; return f(x);", "HELU0002", "act.call" },
        { "readonly Module encoder = TransformerEncoderLayer(64, 8);", "", "return x;", "HELU0005", "TransformerEncoderLayer(64, 8)" },
        { "readonly RNN rnn = RNN(1, 1, 1, NonLinearities.ReLU);", "", "return x;", "HELU0005", "RNN(1, 1, 1, NonLinearities.ReLU)" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_ReLU_is_redirected_or_reported_and_never_both(string members, string build, string forward, string outcome, string place)
    {
        CSharpCompilation compilation = Compile(Net(members, build, forward, Around));
        string[] redirected = [.. Readings.RedirectedCalls(compilation).Where(IsInNet).Select(call => call.ToString())];
        string[] reported = [.. (await Reports(compilation)).Select(report => $"{report.Id} {TextAt(report)}")];

        if (outcome == "swapped")
        {
            Assert.Contains(place, redirected);
            Assert.Empty(reported);
        }
        else
        {
            Assert.Equal([$"{outcome} {place}"], reported);
        }
    }

    [Fact]
    public void The_table_has_forty_forms_and_more() => Assert.True(Forms.Count >= 40, $"{Forms.Count} forms");

    private static bool IsInNet(InvocationExpressionSyntax call) => call.Ancestors().OfType<ClassDeclarationSyntax>().Any(type => type.Identifier.Text == "Net");

    private static async Task<ImmutableArray<Diagnostic>> Reports(CSharpCompilation compilation) =>
        await compilation.WithAnalyzers(RuleTest.AllRules).GetAnalyzerDiagnosticsAsync();

    private static string TextAt(Diagnostic report) => report.Location.SourceTree!.GetRoot().FindNode(report.Location.SourceSpan, getInnermostNodeForTie: true).ToString();
}
