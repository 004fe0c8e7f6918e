using System.Collections.Immutable;
using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>Half-typed and broken programs: no rule throws.</summary>
public class RobustnessTests
{
    /// <summary>Each form that is read somewhere, in one file.</summary>
    private static readonly string s_everything =
        """
        using System; using System.Collections.Generic; using System.Linq; using Helu; using TorchSharp; using TorchSharp.Modules;
        using static TorchSharp.torch; using static TorchSharp.torch.nn;
        [assembly: Activation(Kind.HeLU, Alpha = 0.05)]
        namespace N;
        [Activation(Kind.ELU, Alpha = 1)]
        public partial class Net<T>(int width) : Base(ReLU()) where T : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> act = ReLU(), other = width > 1 ? ReLU() : Tanh();
            public object Act { get; set; } = ReLU();
            private readonly Sequential seq = Sequential(("a", ReLU()), ("b", Linear(1, 1)));
            private readonly List<Module<Tensor, Tensor>> list = [ReLU(), .. new[] { ReLU() }];
            private readonly Dictionary<string, Module<Tensor, Tensor>> dict = new() { { "a", ReLU() }, ["b"] = ReLU() };
            [Activation(Kind.ReLU)] public event Action E { add { ReLU(); } remove { functional.relu(null); } }
            public Net() : this(1) { act = ReLU(); list.Add(ReLU()); list.AddRange([ReLU()]); seq.append(ReLU()); register_module("x", act); }
            public Tensor this[int i] => act?.call(ones(i)).relu();
            public static Net<T> operator +(Net<T> a, Net<T> b) => new() { Act = a.act ?? ReLU() };
            public override Tensor forward(Tensor x)
            {
                foreach (var (layer, i) in list.Select((layer, i) => (layer, i))) x = layer.call(x);
                if (act is Module<Tensor, Tensor> { training: true } run) x = run.forward(x);
                x = act switch { null => x, ReLU r => r.call(x), var m => m.call(x) };
                switch (other) { case { } m: x = m.call(x); break; default: throw new Exception($"{other}"); }
                (Module<Tensor, Tensor> a, int n) = (ReLU(), 1);
                dict.TryGetValue("a", out var found);
                Func<Tensor> f = x.relu; Func<Tensor, bool, Tensor> g = functional.relu; Func<object> h = [Activation(Kind.GELU)] () => ReLU();
                [Activation((Kind)9)] Module<Tensor, Tensor> Local(Module<Tensor, Tensor> p) { p ??= ReLU(); return p; }
                using var t = TransformerEncoderLayer(64, 8, activation: n > 1 ? Activations.ReLU : Activations.GELU);
                try { dynamic d = ReLU(); d.call(x); } catch (Exception e) when (e is { Message: [_, ..] }) { }
                var q = from l in list where l != null select l.call(x);
                return Local(found)[^1..].call(a.to(CPU).call(list[^1].call(x)))?.relu_() ?? functional.relu(x, inplace: true);
            }
            private record struct Head(Module<Tensor, Tensor> Inner) { public Head With() => this with { Inner = ReLU() }; }
            interface IMake { Module<Tensor, Tensor> Make() => ReLU(); }
        }
        public class Base(Module<Tensor, Tensor> act) : Module<Tensor, Tensor>("Base") { public override Tensor forward(Tensor x) => act.call(x).relu(); }
        public static class Extensions { public static Tensor Run(this Module<Tensor, Tensor> act, Tensor x) => act.call(x); }
        """;

    [Fact]
    public Task Every_prefix_of_a_program_is_analysed_without_an_exception() =>
        CheckAll(Enumerable.Range(0, (s_everything.Length / 13) + 1).Select(i => s_everything[..Math.Min(i * 13, s_everything.Length)]));

    [Fact]
    public Task A_program_with_a_token_deleted_is_analysed_without_an_exception()
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(s_everything, Programs.ParseOptions).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
        var random = new Random(20260714);
        return CheckAll(Enumerable.Range(0, 300).Select(_ => tokens[random.Next(tokens.Length)].Span).Select(span => s_everything.Remove(span.Start, span.Length)));
    }

    private static async Task CheckAll(IEnumerable<string> programs)
    {
        var failures = new List<string>();
        await Parallel.ForEachAsync(programs, async (program, token) =>
        {
            CSharpCompilation compilation = CompileForInference(program);
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, analyzer, _) => Add($"{analyzer.GetType().Name}: {exception}"), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
            foreach (Diagnostic report in await compilation.WithAnalyzers(RuleTest.AllRules, options).GetAnalyzerDiagnosticsAsync(token))
            {
                if (report.Id == "AD0001")
                    Add(report.GetMessage());
            }

            void Add(string failure)
            {
                lock (failures)
                    failures.Add($"{failure}\n{program[Math.Max(0, program.Length - 200)..]}");
            }
        });
        Assert.Empty(failures);
    }
}
