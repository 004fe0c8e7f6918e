using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0001 must not fire where the call or the container is redirected.</summary>
public class SwappedModuleTests
{
    [Theory]
    [InlineData("Sequential(Linear(1, 1), ReLU())")]
    [InlineData("Sequential((\"lin\", Linear(1, 1)), (\"act\", ReLU()))")]
    [InlineData("Sequential(Tuple.Create<string, Module<Tensor, Tensor>>(\"act\", ReLU()))")]
    [InlineData("Sequential(new Tuple<string, Module<Tensor, Tensor>>(\"act\", ReLU()))")]
    [InlineData("Sequential(new Module<Tensor, Tensor>[] { Linear(1, 1), ReLU() })")]
    [InlineData("Sequential(new List<Module<Tensor, Tensor>> { Linear(1, 1), ReLU() })")]
    [InlineData("Sequential(new List<(string, Module<Tensor, Tensor>)> { (\"act\", ReLU()) })")]
    [InlineData("Sequential(new List<Tuple<string, Module<Tensor, Tensor>>> { new(\"act\", ReLU()) })")]
    [InlineData("Sequential(new ReLU[] { ReLU() })")]
    [InlineData("Sequential(new[] { ReLU(), ReLU() })")]
    [InlineData("Sequential((IEnumerable<Module<Tensor, Tensor>>)[Linear(1, 1), ReLU()])")]
    [InlineData("Sequential(Sequential(Linear(1, 1), ReLU()), Sequential(ReLU()))")]
    [InlineData("Sequential(Linear(1, 1)).append(ReLU())")]
    [InlineData("Sequential(Linear(1, 1)).append(\"act\", ReLU())")]
    [InlineData("Sequential(Linear(64, 64), ReLU()).append(Linear(64, 64)).append(ReLU())")]
    [InlineData("Sequential(inplace ? ReLU(true) : Tanh())")]
    [InlineData("Sequential(inplace ? ReLU(true) : null, Linear(1, 1))")]
    [InlineData("Sequential(name switch { \"relu\" => ReLU(), \"tanh\" => Tanh(), _ => throw new ArgumentException(name) })")]
    [InlineData("Sequential(given ?? ReLU())")]
    [InlineData("Sequential((Module<Tensor, Tensor>)ReLU())")]
    [InlineData("Sequential((\"act\", inplace ? ReLU(true) : GELU()))")]
    [InlineData("Sequential(Enumerable.Range(0, 3).SelectMany(i => new Module<Tensor, Tensor>[] { Linear(1, 1), Tanh() }).Append(ReLU()))")]
    [InlineData("Sequential(ReLU().to(CPU))")]
    [InlineData("Sequential(Enumerable.Range(0, 3).SelectMany(i => new Module<Tensor, Tensor>[] { Linear(64, 64), ReLU() }))")]
    [InlineData("Sequential(Enumerable.Range(0, 3).Select(i => (i.ToString(), i == 0 ? (Module<Tensor, Tensor>)ReLU() : Tanh())))")]
    [InlineData("nn.Sequential(nn.Linear(1, 1), nn.ReLU())")]
    [InlineData("TorchSharp.torch.nn.Sequential(TorchSharp.torch.nn.ReLU())")]
    public Task A_Sequential_swaps_its_children(string layers) => Rules.Check(Net(
        "private readonly Sequential layers = Make(false, \"relu\", null);"
        + $"private static Sequential Make(bool inplace, string name, Module<Tensor, Tensor>? given) => {layers};",
        forward: "return layers.call(x);"));

    [Theory]
    [InlineData("ModuleList(ReLU(), Linear(1, 1))")]
    [InlineData("ModuleList<Module<Tensor, Tensor>>(Linear(1, 1), ReLU())")]
    [InlineData("ModuleList<ReLU>(ReLU(), ReLU())")]
    [InlineData("ModuleList(ReLU(), ReLU())")]
    [InlineData("ModuleDict((\"act\", ReLU()), (\"lin\", Linear(1, 1)))")]
    [InlineData("ModuleDict<Module<Tensor, Tensor>>((\"act\", ReLU()))")]
    public Task Module_lists_and_dictionaries_swap_their_children(string layers) =>
        Rules.Check(Net($"private readonly Module layers = {layers};"));

    [Theory]
    [InlineData("var list = ModuleList<Module<Tensor, Tensor>>(); list.Add(ReLU()); list.append(ReLU(), Tanh()); list.Insert(0, ReLU()); list.extend([ReLU()]);")]
    [InlineData("var dict = ModuleDict<Module<Tensor, Tensor>>(); dict.Add(\"act\", ReLU());")]
    [InlineData("var dict = new ModuleDict<Module<Tensor, Tensor>>(); dict.Add(\"act\", ReLU());")]
    public Task Module_lists_and_dictionaries_swap_what_is_added(string build) => Rules.Check(Net(build: build));

    [Theory]
    [InlineData("var list = new List<Module<Tensor, Tensor>> { Linear(1, 1), ReLU() }; layers = Sequential(list);")]
    [InlineData("var list = new List<Module<Tensor, Tensor>>(); list.Add(ReLU()); list.Insert(0, ReLU()); layers = Sequential(list);")]
    [InlineData("var list = new List<Module<Tensor, Tensor>>(); list.AddRange([Linear(1, 1), ReLU()]); layers = Sequential(list);")]
    [InlineData("var list = new List<Module<Tensor, Tensor>>(); list.AddRange(new Module<Tensor, Tensor>[] { ReLU() }); layers = Sequential(list.ToArray());")]
    [InlineData("List<Module<Tensor, Tensor>> list = [ReLU()]; list.Reverse(); layers = Sequential(list.ToArray());")]
    [InlineData("var list = new List<Module<Tensor, Tensor>>(); list.Add(ReLU()); Module<Tensor, Tensor>[] array = [.. list, ReLU()]; layers = Sequential(array);")]
    [InlineData("var list = new List<(string, Module<Tensor, Tensor>)>(); list.Add((\"act\", ReLU())); layers = Sequential(list);")]
    [InlineData("var list = new List<Tuple<string, Module<Tensor, Tensor>>>(); list.Add(Tuple.Create<string, Module<Tensor, Tensor>>(\"act\", ReLU())); layers = Sequential(list);")]
    [InlineData("(string, Module<Tensor, Tensor>)[] named = [(\"lin\", Linear(1, 1)), (\"act\", ReLU())]; layers = Sequential(named);")]
    [InlineData("var named = new (string, Module<Tensor, Tensor>)[] { (\"act\", ReLU()) }; layers = Sequential(named.ToList());")]
    [InlineData("var array = new Module<Tensor, Tensor>[2]; array.SetValue(Linear(1, 1), 0); layers = Sequential(array.Append(ReLU()));")]
    [InlineData("Module<Tensor, Tensor> act = ReLU(); layers = Sequential(Linear(1, 1), act);")]
    [InlineData("Module<Tensor, Tensor> act; if (training) act = ReLU(); else act = Tanh(); layers = Sequential(act);")]
    [InlineData("var list = new List<Module<Tensor, Tensor>>(); for (int i = 0; i < 3; i++) { list.Add(Linear(1, 1)); if (i < 2) list.Add(ReLU()); } layers = Sequential(list);")]
    [InlineData("layers.append(ReLU()); layers.append(\"act\", ReLU());")]
    [InlineData("var act = ReLU(); layers = Sequential(act, Linear(1, 1), act);")]
    public Task What_flows_into_a_Sequential_is_swapped(string build) =>
        Rules.Check(Net("private readonly Sequential layers = Sequential();", build, "return layers.call(x);"));

    [Theory]
    [InlineData("return act.call(x);")]
    [InlineData("return act.forward(x);")]
    [InlineData("return this.act.call(act.forward(x));")]
    [InlineData("if (act != null) x = act.call(x); return x;")]
    [InlineData("return act is null ? x : act.call(x);")]
    [InlineData("return act is not null ? act!.call(x) : x;")]
    [InlineData("return act?.call(x) ?? x;")]
    [InlineData("return act?.call(x).sum() ?? x;")]
    [InlineData("return act?.forward(x)?.neg() ?? x;")]
    [InlineData("if (act is Module<Tensor, Tensor> run) return run.call(x); return x;")]
    [InlineData("if (act is { } run) return run.call(x); return x;")]
    [InlineData("if (act is ReLU { inplace: true } run) return run.call(x); return x;")]
    [InlineData("Func<Tensor, Tensor> f = y => act.call(y); return f(x);")]
    [InlineData("return Run(x); Tensor Run(Tensor y) => act.call(y);")]
    [InlineData("act.train(); act.eval(); Console.WriteLine($\"{act} {act.GetName()}\"); return act.call(x);")]
    [InlineData("foreach (var p in act.parameters()) p.requires_grad_(false); return act.call(x);")]
    [InlineData("var other = act; return other.call(x);")]
    [InlineData("return ((ReLU)act).call(x);")]
    [InlineData("return (act as ReLU)!.forward(x);")]
    [InlineData("IModule<Tensor, Tensor> module = act; return module.call(x);")]
    [InlineData("if (ReferenceEquals(act, null) || act.Equals(null)) return x; return act.call(x);")]
    [InlineData("act.Dispose(); act?.Dispose(); return x;")]
    [InlineData("act.to(CPU); return act.call(x);")]
    [InlineData("return act.to(CPU).call(x);")]
    public Task A_private_module_field_that_is_only_run_is_swapped(string forward) =>
        Rules.CheckRedirected(Net("private readonly Module<Tensor, Tensor> act = ReLU();", forward: forward));

    [Theory]
    [InlineData("Module<Tensor, Tensor> act = ReLU(); return act.call(x);")]
    [InlineData("Module act = ReLU(); return ((Module<Tensor, Tensor>)act).call(x);")]
    [InlineData("IModule<Tensor, Tensor> act = ReLU(); return act.call(x);")]
    [InlineData("object act = ReLU(); return ((Module<Tensor, Tensor>)act).call(x);")]
    [InlineData("using Module<Tensor, Tensor> act = ReLU(); return act.call(x);")]
    [InlineData("Module<Tensor, Tensor> act = training ? ReLU() : Tanh(); return act.call(x);")]
    [InlineData("Module<Tensor, Tensor> act = x.dim() switch { 1 => ReLU(), _ => Tanh() }; return act.call(x);")]
    [InlineData("Module<Tensor, Tensor>? act = null; act ??= ReLU(); return act.call(x);")]
    [InlineData("Module<Tensor, Tensor>[] acts = [ReLU(), Tanh()]; foreach (var act in acts) x = act.call(x); return x;")]
    [InlineData("foreach (Module<Tensor, Tensor> act in new Module<Tensor, Tensor>[] { ReLU() }) x = act.call(x); return x;")]
    [InlineData("var acts = new List<Module<Tensor, Tensor>> { ReLU() }; for (int i = 0; i < acts.Count; i++) x = acts[i].call(x); return acts[^1].call(x);")]
    [InlineData("var acts = new List<Module<Tensor, Tensor>> { ReLU() }; foreach (var (act, i) in acts.Select((act, i) => (act, i))) x = act.call(x); return x;")]
    [InlineData("var acts = new List<Module<Tensor, Tensor>> { ReLU() }; acts.ForEach(act => x = act.call(x)); return x;")]
    [InlineData("Module<Tensor, Tensor>[] acts = [ReLU()]; return acts.Aggregate(x, (y, act) => act.call(y));")]
    [InlineData("Module<Tensor, Tensor>[] acts = [ReLU()]; return acts.Select(act => act.call(x)).First();")]
    [InlineData("var acts = new Dictionary<string, Module<Tensor, Tensor>> { { \"a\", ReLU() } }; return acts[\"a\"].call(x);")]
    [InlineData("var acts = new Dictionary<string, Module<Tensor, Tensor>> { { \"a\", ReLU() } }; return acts.TryGetValue(\"a\", out var act) ? act.call(x) : x;")]
    [InlineData("var acts = new Dictionary<string, Module<Tensor, Tensor>> { { \"a\", ReLU() } }; Module<Tensor, Tensor>? act; acts.TryGetValue(\"a\", out act); return act!.call(x);")]
    [InlineData("var acts = new Dictionary<string, Module<Tensor, Tensor>>(); acts.Add(\"a\", ReLU()); foreach (var act in acts.Values) x = act.call(x); return x;")]
    [InlineData("var acts = new Queue<Module<Tensor, Tensor>>(); acts.Enqueue(ReLU()); return acts.Dequeue().call(x);")]
    [InlineData("var acts = Enumerable.Range(0, 2).Select<int, Module<Tensor, Tensor>>(i => ReLU()).ToList(); foreach (var act in acts) x = act.call(x); return x;")]
    [InlineData("var acts = new List<(string, Module<Tensor, Tensor>)>(); acts.Add((\"a\", ReLU())); foreach (var (name, act) in acts) x = act.call(x); return x;")]
    [InlineData("(Module<Tensor, Tensor> act, int n) = (ReLU(), 1); return act.call(x);")]
    [InlineData("(string, Module<Tensor, Tensor>) pair = (\"a\", ReLU()); var (name, act) = pair; return act.call(x);")]
    [InlineData("(string name, Module<Tensor, Tensor> act) pair = (\"a\", ReLU()); return pair.act.call(x);")]
    [InlineData("Module<Tensor, Tensor> act = ReLU(); switch (act) { case null: return x; case var run: return run.call(x); }")]
    [InlineData("Module<Tensor, Tensor> act = ReLU(); return act switch { null => x, var run => run.call(x) };")]
    public Task A_local_that_is_only_run_is_swapped(string forward) => Rules.CheckRedirected(Net(forward: forward));

    [Theory]
    [InlineData("private readonly Module<Tensor, Tensor>? act; public void Add() { if (training) { } }", "act = training ? ReLU() : null;", "return act is null ? x : act.call(x);")]
    [InlineData("private Module<Tensor, Tensor> Act { get; } = ReLU();", "", "return Act.call(x);")]
    [InlineData("private Module<Tensor, Tensor>? Act { get; set; }", "Act = ReLU();", "return Act!.call(x);")]
    [InlineData("private static readonly Module<Tensor, Tensor> act = ReLU();", "", "return act.call(x);")]
    [InlineData("Module<Tensor, Tensor> act = ReLU();", "", "return act.call(x);")]
    [InlineData("private readonly Module<Tensor, Tensor> act = ReLU();", "register_module(\"act\", act); add_module(\"again\", act);", "return act.call(x);")]
    [InlineData("private readonly List<Module<Tensor, Tensor>> layers = [Linear(1, 1), ReLU()];", "", "foreach (var layer in layers) x = layer.call(x); return x;")]
    [InlineData("private readonly Module<Tensor, Tensor>[] layers = [Linear(1, 1), ReLU()];", "", "return layers[1].call(layers[0].call(x));")]
    [InlineData("public readonly List<Module<Tensor, Tensor>> layers = new();", "layers.Add(ReLU());", "return x;")]
    public Task Private_members_that_are_only_run_are_swapped(string members, string build, string forward) =>
        Rules.CheckRedirected(Net(members, build, forward));

    [Fact]
    public Task A_list_is_swapped_where_it_is_added_to() => Rules.Check(Net(
        "private readonly List<Module<Tensor, Tensor>> layers = new();", "layers.Add(Linear(1, 1)); layers.Add(ReLU());",
        "foreach (var layer in layers) x = layer.call(x); return x;"));

    [Theory]
    [InlineData("return act.call(x);")]
    [InlineData("return act.forward(x);")]
    [InlineData("return act?.call(x) ?? x;")]
    [InlineData("Func<Tensor, Tensor> f = act is null ? y => y : y => act.call(y); return f(x);")]
    [InlineData("return Run(act, x); static Tensor Run(ReLU relu, Tensor y) => relu.call(y);")]
    [InlineData("List<ReLU> acts = [act]; acts.Add(ReLU()); foreach (var a in acts) x = a.call(x); return x;")]
    [InlineData("return Sequential(act).call(x);")]
    [InlineData("return ReLU().call(x);")]
    [InlineData("return nn.ReLU().forward(x);")]
    [InlineData("return functional.relu(x);")]
    [InlineData("return functional.relu(x, inplace: true);")]
    [InlineData("return x.relu().relu_();")]
    [InlineData("return x?.relu() ?? x!;")]
    public Task A_ReLU_field_and_direct_calls_are_swapped(string forward) =>
        Rules.CheckRedirected(Net("public readonly ReLU act = ReLU();", "register_module(\"a\", act);", forward));

    [Fact]
    public Task Names_may_be_aliased_or_brought_by_using_static() => Rules.Check(
        """
        using Helu;
        using F = TorchSharp.torch.nn.functional;
        using static TorchSharp.torch.nn.functional;
        using Nn = TorchSharp.torch.nn;
        [Activation(Kind.HeLU)]
        public class Net
        {
            private readonly TorchSharp.Modules.Sequential layers = Nn.Sequential(Nn.ReLU());
            public TorchSharp.torch.Tensor Run(TorchSharp.torch.Tensor x) => F.relu(relu(layers.call(x)));
        }
        """);

    [Fact]
    public Task A_nested_type_may_run_the_private_field_of_its_outer_type() => Rules.CheckRedirected(Net(
        """
        private readonly Module<Tensor, Tensor> act = ReLU();
        private sealed class Head(Net net) : Module<Tensor, Tensor>("Head")
        {
            public override Tensor forward(Tensor x) => net.act.call(x);
        }
        """));

    [Fact]
    public Task A_nested_type_that_gives_the_field_away_reports() => Rules.Check(Net(
        """
        private readonly Module<Tensor, Tensor> act = {|HELU0001:ReLU()|};
        public sealed class Head(Net net) { public Module<Tensor, Tensor> Act => net.act; }
        """));

    [Fact]
    public Task The_parts_of_a_partial_class_are_read_together() => Rules.Check(
        WithUsings(
            """
            [Activation(Kind.HeLU)]
            public partial class Net : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor> act = ReLU();
                private readonly Module<Tensor, Tensor> given = {|HELU0001:ReLU()|};
                public Net() : base("Net") { }
            }
            """),
        WithUsings(
            """
            public partial class Net
            {
                public Module<Tensor, Tensor> Given => given;
                public override Tensor forward(Tensor x) => act.call(x);
            }
            """));

    [Fact]
    public Task Generic_and_nested_private_classes_are_swapped() => Rules.CheckRedirected(WithUsings(
        """
        public class Program
        {
            [Activation(Kind.HeLU)]
            private class Net<T> : Module<Tensor, Tensor> where T : class
            {
                private readonly Module<Tensor, Tensor> act = ReLU();
                private readonly List<T> others = new();
                public Net() : base("Net") { }
                public Tensor Other(Net<string> net, Tensor x) => net.act.call(x);
                public override Tensor forward(Tensor x) => act.call(x);
                private sealed class Deep(Net<T> net) { public Tensor Run(Tensor x) => net.act.forward(x); }
            }
        }
        """));

    [Fact]
    public Task A_field_that_is_given_away_through_a_constructed_type_reports() => Rules.Check(WithUsings(
        """
        [Activation(Kind.HeLU)]
        public class Net<T>
        {
            private readonly Module<Tensor, Tensor> act = {|HELU0001:ReLU()|};
            private Module<Tensor, Tensor>? late;
            public static Module<Tensor, Tensor> Give(Net<int> net) => net.act;
            public static void Set(Net<int> net) => net.late = {|HELU0001:ReLU()|};
            public Module<Tensor, Tensor>? Late() => late;
        }
        """));

    [Fact]
    public Task Records_structs_local_functions_and_lambdas_are_swapped() => Rules.CheckRedirected(WithUsings(
        """
        [Activation(Kind.HeLU)]
        public record Layer(int Width)
        {
            private readonly Module<Tensor, Tensor> act = ReLU();
            public Sequential Build() => Sequential(Linear(Width, Width), ReLU());
            public Tensor Run(Tensor x)
            {
                Func<Tensor, Tensor> f = y => act.call(functional.relu(y));
                return Inner(f(x));
                Tensor Inner(Tensor y) => act.call(y.relu());
            }
        }
        [Activation(Kind.GELU)]
        public struct Steps
        {
            public static Tensor Run(Tensor x) => functional.relu(x);
        }
        """));
}
