using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Risk.RiskPrograms;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1001: narrow and deep networks of fully connected ReLU layers.</summary>
public class BornDeadTests
{
    /// <summary>Silences the deep stack that such networks are as well.</summary>
    private const string Kaiming = "RegisterComponents(); foreach (var module in modules()) { if (module is Linear linear) init.kaiming_uniform_(linear.weight); }";

    /// <summary>1 - (1 - 1/4)^9 = .925; 1 - (1 - 2^-7)^9 = .068.</summary>
    [Fact]
    public Task The_message_gives_depth_width_and_probability() => Rules.CheckMessage(
        "HELU1001",
        "This network of 9 hidden ReLU layers, 2 units at the narrowest, is dead at initialisation with probability up to 92 %: all units of one layer give 0 for every input, "
        + "and no layer gets a gradient; widen the layers to 7 units, which keeps it at or below 10 %",
        Loop("2", 9, "{|#0:relu(layer.call(x))|}"));

    [Theory]
    [MemberData(nameof(FormData), MemberType = typeof(RiskPrograms))]
    public Task Every_form_of_ReLU_reports(string form) => Rules.Check(Loop("2", 9, $"{{|HELU1001:{Relu(form, "layer.call(x)")}|}}"));

    [Fact]
    public Task A_Sequential_reports_at_its_narrowest_layer() => Rules.Check(Model(
        "private readonly Sequential seq;",
        "return seq.call(x);",
        "seq = Sequential(Linear(8, 4), ReLU(), Linear(4, 4), ReLU(), Linear(4, 3), {|HELU1001:ReLU()|}, Linear(3, 4), ReLU(), Linear(4, 1));" + Kaiming));

    [Fact]
    public Task A_list_that_a_loop_builds_and_a_helper_method_runs_reports() => Rules.Check(Programs.WithUsings(
        $$"""
        public class Net : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> layers = new();
            private readonly Linear last = Linear(3, 1);
            public Net(int[] widths) : base("Net")
            {
                for (int i = 0; i + 1 < widths.Length; i++)
                    layers.Add(Linear(widths[i], widths[i + 1]));
                {{Kaiming}}
                RegisterComponents();
            }
            public override Tensor forward(Tensor x)
            {
                foreach (var layer in layers)
                    x = Step(layer, x);
                return last.call(x);
            }
            private static Tensor Step(Linear layer, Tensor x) => {|HELU1001:layer.call(x).relu()|};
        }
        public static class Program { public static Tensor Run(Tensor x) => new Net(new[] { 10, 3, 3, 3, 3 }).call(x); }
        """));

    [Fact]
    public Task Nested_blocks_report_where_the_model_runs_them() => Rules.Check(Programs.WithUsings(
        $$"""
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly ReLU act = ReLU();
            public Block(int width) : base("Block") { fc = Linear(width, width); RegisterComponents(); }
            public override Tensor forward(Tensor x) => act.call(fc.call(x));
        }
        public class Net : Module<Tensor, Tensor>
        {
            private readonly Block a = new(3), b = new(3), c = new(3);
            private readonly Linear last = Linear(3, 1);
            public Net() : base("Net") { {{Kaiming}} RegisterComponents(); }
            public override Tensor forward(Tensor x) => last.call(c.call(b.call({|HELU1001:a.call(x)|})));
        }
        {{Use}}
        """));

    [Fact]
    public Task A_Sequential_of_a_method_reports() => Rules.Check(Programs.WithUsings(
        """
        public static class Program
        {
            public static Tensor Run(Tensor x)
            {
                var net = Sequential(Linear(8, 2), {|HELU1001:ReLU()|}, Linear(2, 2), ReLU(), Linear(2, 2), ReLU(), Linear(2, 1));
                return net.call(x);
            }
        }
        """));

    [Theory]
    [InlineData("8", 9)] // 1 - (1 - 2^-8)^9 = .035
    [InlineData("7", 9)]
    [InlineData("2", 1)] // data of both signs comes first
    [InlineData("2", 2)] // 7 % measured
    [InlineData("DateTime.Now.Second", 9)]
    public Task Wide_layers_few_layers_and_unknown_widths_are_silent(string width, int depth) => Rules.Check(Loop(width, depth, "relu(layer.call(x))"));

    [Theory]
    [InlineData("x + relu(layer.call(x))")]
    [InlineData("cat(new[] { x, relu(layer.call(x)) }, 1)")]
    [InlineData("relu(norm.call(layer.call(x)))")]
    [InlineData("norm.call(relu(layer.call(x)))")]
    [InlineData("relu6(layer.call(x))")]
    [InlineData("leaky_relu(layer.call(x), 0.01)")]
    [InlineData("layer.call(x).helu()")]
    public Task Skips_normalisation_and_other_activations_are_silent(string step) => Rules.Check(Loop("2", 3, step));

    [Fact]
    public Task Convolutions_are_silent() => Rules.Check(Model(
        "private readonly Conv2d c1 = Conv2d(1, 2, 3), c2 = Conv2d(2, 2, 3), c3 = Conv2d(2, 2, 3);",
        "return c3.call(c2.call(c1.call(x).relu()).relu());"));

    [Fact]
    public Task An_annotated_class_is_silent() => Rules.Check(Loop("2", 9, "relu(layer.call(x))", "[Activation(Kind.HeLU)]"));

    [Theory]
    [InlineData("0.95", "relu(layer.call(x))")]
    [InlineData("0.89", "{|HELU1001:relu(layer.call(x))|}")]
    [InlineData("ten percent", "{|HELU1001:relu(layer.call(x))|}")]
    public Task The_probability_is_an_option(string probability, string step)
    {
        var test = new RuleTest(Loop("2", 9, step));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\nhelu.born_dead_probability = {probability}\n"));
        return test.RunAsync();
    }

    /// <summary>A first layer of 8 units, then as many layers of a width as there are left.</summary>
    private static string Loop(string width, int depth, string step, string attribute = "") => Model(
        "private readonly List<Linear> layers = new(); private readonly Linear last; private readonly LayerNorm norm = LayerNorm(2);",
        $"foreach (var layer in layers) x = {step}; return last.call(x);",
        $"int width = {width}; for (int i = 0; i < {depth}; i++) layers.Add(Linear(i == 0 ? 8 : width, width)); last = Linear(width, 1); "
        + "foreach (var layer in layers) init.kaiming_uniform_(layer.weight);",
        attribute: attribute);
}
