using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0001 where a ReLU gets away as a plain module: exact places, and the reason that is given.</summary>
public class ModuleNotSwappedTests
{
    private const string Stored = "This ReLU stays a ReLU: it is kept as a plain module, and not every use of it can be redirected; "
        + "declare the variable as ReLU, or create torch.nn.HeLU() instead";

    private const string Passed = "This ReLU stays a ReLU: it is passed to code elsewhere as a plain module; pass torch.nn.HeLU() instead";

    private const string Returned = "This ReLU stays a ReLU: it is returned as a plain module; return torch.nn.HeLU() instead";

    private const string ConstructorArgument = "This ReLU stays a ReLU: it is an argument of a constructor, which can't be redirected; pass torch.nn.HeLU() instead";

    private const string NotInterceptable = "This ReLU stays a ReLU: the compiler can't redirect a call at this place; call HeLU's function instead";

    /// <summary>A class that runs what it is given where no call can be redirected.</summary>
    private const string Elsewhere =
        """
        public class Block : Module<Tensor, Tensor>
        {
            public Module<Tensor, Tensor> act;
            public Block(Module<Tensor, Tensor> act) : base("Block") => this.act = act;
            public override Tensor forward(Tensor x) => act.call(x);
            public static Tensor Run(Module<Tensor, Tensor> act, Tensor x) => act.call(x);
            public static Tensor RunAny<T>(T act, Tensor x) where T : Module<Tensor, Tensor> => act.call(x);
        }
        """;

    [Fact]
    public Task A_public_field_of_module_type_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "public Module<Tensor, Tensor> act = {|#0:ReLU()|};", forward: "return act.call(x);"));

    [Fact]
    public Task An_internal_field_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "internal readonly Module<Tensor, Tensor> act = {|#0:nn.ReLU(inplace: true)|};", forward: "return act.call(x);"));

    [Fact]
    public Task A_private_field_that_is_returned_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "private readonly Module<Tensor, Tensor> act = {|#0:ReLU()|}; public Module<Tensor, Tensor> Act => act;"));

    [Fact]
    public Task A_private_field_that_is_passed_on_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "private readonly Module<Tensor, Tensor> act = {|#0:ReLU()|};", forward: "return Block.Run(act, x);", around: Elsewhere));

    [Fact]
    public Task A_private_field_that_is_passed_by_reference_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "private Module<Tensor, Tensor> act = {|#0:ReLU()|}; private static void Swap(ref Module<Tensor, Tensor> module) { }", "Swap(ref act);"));

    [Fact]
    public Task A_field_that_is_assigned_in_the_constructor_reports_at_the_assignment() => Rules.CheckMessage("HELU0001", Stored, Net(
        "protected Module<Tensor, Tensor> act;", "act = {|#0:ReLU()|};", "return act.call(x);"));

    [Fact]
    public Task A_public_field_that_is_assigned_when_null_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "public Module<Tensor, Tensor>? act;", "act ??= {|#0:ReLU()|};"));

    [Fact]
    public Task A_local_that_is_passed_on_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        forward: "Module<Tensor, Tensor> act = {|#0:ReLU()|}; return Block.Run(act, x);", around: Elsewhere));

    [Fact]
    public Task A_local_that_is_returned_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "private static Module<Tensor, Tensor> Make() { Module<Tensor, Tensor> act = {|#0:ReLU()|}; return act; }"));

    [Fact]
    public Task A_local_of_type_object_that_is_passed_on_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        forward: "object act = {|#0:ReLU()|}; return Block.Run((Module<Tensor, Tensor>)act, x);", around: Elsewhere));

    [Fact]
    public Task A_dynamic_local_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        forward: "dynamic act = {|#0:ReLU()|}; return act.call(x);"));

    [Fact]
    public Task A_public_property_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "public Module<Tensor, Tensor> Act { get; } = {|#0:ReLU()|};"));

    [Fact]
    public Task An_expression_bodied_property_reports() => Rules.CheckMessage("HELU0001", Returned, Net(
        "private Module<Tensor, Tensor> Act => {|#0:ReLU()|};", forward: "return Act.call(x);"));

    [Fact]
    public Task A_property_with_a_getter_reports() => Rules.CheckMessage("HELU0001", Returned, Net(
        "public Module<Tensor, Tensor> Act { get { return {|#0:ReLU()|}; } }"));

    [Fact]
    public Task An_argument_of_another_class_constructor_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        "private readonly Block block = new({|#0:ReLU()|});", forward: "return block.call(x);", around: Elsewhere));

    [Fact]
    public Task An_argument_of_another_class_method_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        forward: "return Block.Run({|#0:ReLU()|}, x);", around: Elsewhere));

    [Fact]
    public Task An_argument_of_a_method_of_the_class_itself_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        "private static Tensor Run(Module<Tensor, Tensor> act, Tensor x) => act.call(x);", forward: "return Run({|#0:ReLU()|}, x);"));

    [Fact]
    public Task A_ReLU_that_a_generic_method_elsewhere_runs_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        forward: "return Block.RunAny({|#0:ReLU()|}, x);", around: Elsewhere));

    [Fact]
    public Task A_ReLU_that_a_generic_method_of_the_class_runs_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        "private static Tensor Run<T>(T act, Tensor x) where T : Module<Tensor, Tensor> => act.call(x);", forward: "return Run({|#0:ReLU()|}, x);"));

    [Fact]
    public Task A_ReLU_that_a_method_elsewhere_takes_as_ReLU_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        "private readonly ReLU act = ReLU();", forward: "return Runner.Run({|#0:act|}, x);",
        around: "public static class Runner { public static Tensor Run(ReLU act, Tensor x) => act.call(x); }"));

    [Fact]
    public Task A_ReLU_that_a_generic_class_holds_as_T_reports() => Rules.Check(Net(
        "private class Box<T> where T : Module<Tensor, Tensor> { public T? act; public List<T> all = new(); public Tensor Run(Tensor x) => act!.call(x); }"
        + "private static void Take<T>(List<T> acts) { }",
        "new Box<ReLU>().act = {|HELU0001:ReLU()|}; List<ReLU> all = [ReLU()]; Take({|HELU0001:all|}); _ = new { Act = ReLU() };"));

    [Fact]
    public Task A_ReLU_that_code_elsewhere_takes_is_swapped_where_an_attribute_speaks_for_it() => Rules.Check(Net(
        "private readonly ReLU act = ReLU();", forward: "return Runner.Run(act, x);",
        around: "[Activation(Kind.GELU)] public static class Runner { public static Tensor Run(ReLU act, Tensor x) => act.call(x); }"));

    [Fact]
    public Task A_delegate_of_ReLU_made_of_a_method_that_takes_a_module_reports() => Rules.Check(Net(
        "private static Tensor Run(Module<Tensor, Tensor> act) => act.call(ones(1)); private static readonly Func<Module<Tensor, Tensor>, Tensor> run = act => act.call(ones(1));",
        "Func<ReLU, Tensor> f = {|HELU0001:Run|}; f(ReLU()); Func<ReLU, Tensor> g = {|HELU0001:run|}; g(ReLU());"));

    [Fact]
    public Task An_argument_of_the_base_constructor_reports() => Rules.CheckMessage("HELU0001", ConstructorArgument, WithUsings(
        $$"""
        [Activation(Kind.HeLU)]
        public class Net : Block { public Net() : base({|#0:ReLU()|}) { } }
        {{Elsewhere}}
        """));

    [Fact]
    public Task An_argument_of_the_class_own_constructor_reports() => Rules.CheckMessage("HELU0001", ConstructorArgument, WithUsings(
        """
        [Activation(Kind.HeLU)]
        public class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> act;
            public Net() : this({|#0:ReLU()|}) { }
            private Net(Module<Tensor, Tensor> act) : base("Net") => this.act = act;
            public override Tensor forward(Tensor x) => act.call(x);
        }
        """));

    [Fact]
    public Task An_argument_of_a_primary_constructor_base_reports() => Rules.CheckMessage("HELU0001", ConstructorArgument, WithUsings(
        $$"""
        [Activation(Kind.HeLU)]
        public class Net() : Block({|#0:ReLU()|});
        {{Elsewhere}}
        """));

    [Fact]
    public Task An_argument_of_a_Sequential_base_reports() => Rules.Check(WithUsings(
        """
        [Activation(Kind.HeLU)]
        public class Net : Sequential { public Net() : base(Linear(1, 1), {|HELU0001:ReLU()|}) { } }
        """));

    [Fact]
    public Task A_method_that_returns_a_module_reports() => Rules.CheckMessage("HELU0001", Returned, Net(
        "private static Module<Tensor, Tensor> Make() => {|#0:ReLU()|};"));

    [Fact]
    public Task An_iterator_reports() => Rules.CheckMessage("HELU0001", Returned, Net(
        "private static IEnumerable<Module<Tensor, Tensor>> Layers() { yield return Linear(1, 1); yield return {|#0:ReLU()|}; }",
        "_ = Sequential(Layers());"));

    [Fact]
    public Task A_lambda_that_returns_a_module_reports() => Rules.CheckMessage("HELU0001", Returned, Net(
        "private readonly Func<Module<Tensor, Tensor>> make = () => {|#0:ReLU()|};"));

    [Fact]
    public Task A_lambda_that_returns_a_ReLU_as_a_module_later_reports() => Rules.Check(Net(
        "private static readonly Func<ReLU> make = () => ReLU(); public static readonly Func<Module<Tensor, Tensor>> Make = {|HELU0001:make|};"));

    [Fact]
    public Task A_local_function_that_returns_a_module_reports() => Rules.CheckMessage("HELU0001", Returned, Net(
        build: "_ = Sequential(Make()); Module<Tensor, Tensor> Make() => {|#0:ReLU()|};"));

    [Fact]
    public Task A_switch_expression_that_is_returned_reports_at_its_arm() => Rules.CheckMessage("HELU0001", Returned, Net(
        """
        private static Module<Tensor, Tensor> Make(string name) => name switch { "relu" => {|#0:ReLU()|}, _ => Tanh() };
        """));

    [Fact]
    public Task A_conditional_expression_that_is_returned_reports_at_its_branch() => Rules.CheckMessage("HELU0001", Returned, Net(
        "private static Module<Tensor, Tensor> Make(bool relu) => relu ? {|#0:ReLU()|} : Tanh();"));

    [Fact]
    public Task Both_branches_report() => Rules.Check(Net(
        "public Module<Tensor, Tensor> Make(bool inplace) { if (inplace) return {|HELU0001:ReLU(true)|}; return {|HELU0001:ReLU()|}; }"));

    [Theory]
    [InlineData("public Module<Tensor, Tensor>[] layers = [Linear(1, 1), {|#0:ReLU()|}];")]
    [InlineData("public Module<Tensor, Tensor>[] layers = { Linear(1, 1), {|#0:ReLU()|} };")]
    [InlineData("public Module<Tensor, Tensor>[] layers = new Module<Tensor, Tensor>[] { {|#0:ReLU()|} };")]
    [InlineData("public List<Module<Tensor, Tensor>> layers = [{|#0:ReLU()|}];")]
    [InlineData("public List<Module<Tensor, Tensor>> layers = new() { Linear(1, 1), {|#0:ReLU()|} };")]
    [InlineData("public Dictionary<string, Module<Tensor, Tensor>> layers = new() { { \"act\", {|#0:ReLU()|} } };")]
    [InlineData("public Dictionary<string, Module<Tensor, Tensor>> layers = new() { [\"act\"] = {|#0:ReLU()|} };")]
    [InlineData("public (string, Module<Tensor, Tensor>) layer = (\"act\", {|#0:ReLU()|});")]
    [InlineData("private (string, Module<Tensor, Tensor>) layer = (\"act\", {|#0:ReLU()|}); public object Layer => layer;")]
    public Task An_array_list_or_tuple_that_escapes_reports(string field) => Rules.CheckMessage("HELU0001", Stored, Net(field));

    [Fact]
    public Task An_array_that_is_passed_on_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        forward: "return Runner.Run(x, Linear(1, 1), {|#0:ReLU()|});",
        around: "public static class Runner { public static Tensor Run(Tensor x, params Module<Tensor, Tensor>[] layers) => x; }"));

    [Theory]
    [InlineData("(Module<Tensor, Tensor> act, int n) = ({|HELU0001:ReLU()|}, 1); return Block.Run(act, x);")]
    [InlineData("(block.act, int n) = ({|HELU0001:ReLU()|}, 1); return x;")]
    [InlineData("(string, Module<Tensor, Tensor>) pair = (\"act\", {|HELU0001:ReLU()|}); var (name, act) = pair; return Block.Run(act, x);")]
    public Task Deconstruction_into_a_variable_that_escapes_reports(string forward) =>
        Rules.Check(Net("private readonly Block block = new(Tanh());", forward: forward, around: Elsewhere));

    [Theory]
    [InlineData("if (act is Module<Tensor, Tensor> run) return Block.Run(run, x); return x;")]
    [InlineData("return act switch { null => x, var run => Block.Run(run, x) };")]
    [InlineData("switch (act) { case { } run: return Block.Run(run, x); default: return x; }")]
    [InlineData("Func<Tensor, Tensor> f = act.call; return f(x);")]
    [InlineData("foreach (var run in new[] { act }) x = Block.Run(run, x); return x;")]
    [InlineData("ref Module<Tensor, Tensor> run = ref act; return run.call(x);")]
    [InlineData("var acts = new List<Module<Tensor, Tensor>>(); acts.AddRange([act]); return Block.Run(acts[0], x);")]
    [InlineData("var acts = Shared; acts.AddRange([act]); return x;")]
    [InlineData("return new[] { act }.Select(run => Block.Run(run, x)).First();")]
    [InlineData("return Block.Run(act.to(CPU), x);")]
    [InlineData("System.Collections.IEnumerable acts = new[] { act }; Shared = acts; return x;")]
    public Task A_use_of_a_field_that_gives_it_away_reports(string forward) => Rules.Check(Net(
        "private Module<Tensor, Tensor> act = {|HELU0001:ReLU()|}; public static dynamic? Shared;",
        forward: forward.Replace("var acts = Shared", "List<Module<Tensor, Tensor>> acts = Shared!", StringComparison.Ordinal), around: Elsewhere));

    [Fact]
    public Task A_ReLU_in_an_array_of_ReLUs_that_is_handed_on_untyped_reports() => Rules.Check(Net(
        "public System.Collections.IEnumerable acts = {|HELU0001:new[] { ReLU(), ReLU() }|}; public Array more = {|HELU0001:new[] { ReLU() }|};"));

    [Fact]
    public Task A_ReLU_that_is_assigned_to_a_member_elsewhere_reports() => Rules.Check(Net(
        build: "new Options().Act = {|HELU0001:ReLU()|}; _ = new Options { Act = {|HELU0001:ReLU()|} };",
        around: "public class Options { public ReLU? Act { get; set; } }"));

    [Fact]
    public Task An_object_initialiser_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        build: "_ = new Options { Act = {|#0:ReLU()|} };",
        around: "public class Options { public Module<Tensor, Tensor>? Act { get; set; } }"));

    [Fact]
    public Task An_initialiser_of_a_collection_of_the_user_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        "private readonly Stack stack = new() { {|#0:ReLU()|} };", forward: "return stack.call(x);", around:
        """
        public class Stack() : Module<Tensor, Tensor>("Stack"), System.Collections.IEnumerable
        {
            private readonly List<Module<Tensor, Tensor>> layers = new();
            public void Add(Module<Tensor, Tensor> layer) => layers.Add(layer);
            public override Tensor forward(Tensor x) { foreach (var layer in layers) x = layer.call(x); return x; }
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => layers.GetEnumerator();
        }
        """));

    [Fact]
    public Task A_record_argument_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        build: "_ = new Options({|#0:ReLU()|});", around: "public record Options(Module<Tensor, Tensor> Act);"));

    [Fact]
    public Task An_assignment_within_an_expression_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "private Module<Tensor, Tensor>? act;", forward: "return (act = {|#0:ReLU()|}).call(x);"));

    [Fact]
    public Task A_user_defined_conversion_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        build: "Layer layer = {|#0:ReLU()|}; layer.Run(null!);", around:
        """
        public class Layer(ReLU act)
        {
            public static implicit operator Layer(ReLU act) => new(act);
            public Tensor Run(Tensor x) => act.call(x);
        }
        """));

    [Fact]
    public Task A_module_that_a_method_hands_out_again_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "public Module<Tensor, Tensor> found; private readonly Dictionary<string, Module<Tensor, Tensor>> acts = new() { { \"a\", {|#0:ReLU()|} } };",
        forward: "acts.TryGetValue(\"a\", out found); return x;"));

    [Fact]
    public Task A_list_whose_items_a_method_group_takes_reports() => Rules.CheckMessage("HELU0001", Stored, Net(
        "private readonly List<Module<Tensor, Tensor>> layers = [{|#0:ReLU()|}];", forward: "layers.ForEach(Runner.Run); return x;",
        around: "public static class Runner { public static void Run(Module<Tensor, Tensor> layer) { } }"));

    [Fact]
    public Task A_module_that_is_only_registered_reports() => Rules.CheckMessage("HELU0001", Passed, Net(
        build: "register_module(\"act\", {|#0:ReLU()|});"));

    [Fact]
    public Task A_call_on_base_reports() => Rules.CheckMessage("HELU0001", NotInterceptable, WithUsings(
        """
        [Activation(Kind.HeLU)]
        public class Net : Sequential { public Net() : base(Linear(1, 1)) { {|#0:base.append(ReLU())|}; } }
        """));

    [Fact]
    public Task A_call_in_a_file_whose_text_stands_twice_reports() => Rules.Check(
[.. Enumerable.Repeat(WithUsings("[Activation(Kind.HeLU)] file class Net { static Tensor Run(Tensor x) => {|HELU0001:x.relu()|}; }"), 2)]);

    [Fact]
    public Task A_module_that_runs_where_no_attribute_speaks_reports() => Rules.CheckMessage("HELU0001", Stored, WithUsings(
        """
        public class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> act;
            [Activation(Kind.HeLU)]
            public Net() : base("Net") => act = {|#0:ReLU()|};
            public override Tensor forward(Tensor x) => act.call(x);
        }
        """));

    [Fact]
    public Task An_un_annotated_Sequential_that_takes_an_annotated_field_reports() => Rules.CheckMessage("HELU0001", Stored, WithUsings(
        """
        public class Net : Module<Tensor, Tensor>
        {
            [Activation(Kind.HeLU)]
            private readonly Module<Tensor, Tensor> act = {|#0:ReLU()|};
            private readonly Sequential layers;
            public Net() : base("Net") => layers = Sequential(act);
            public override Tensor forward(Tensor x) => layers.call(x);
        }
        """));
}
