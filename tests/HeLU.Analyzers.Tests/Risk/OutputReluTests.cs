using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Risk.RiskPrograms;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1006: a model that ends in a ReLU.</summary>
public class OutputReluTests
{
    private const string Layers = "private readonly Linear fc1 = Linear(8, 64), fc2 = Linear(64, 1);";

    private const string Features = "public class Features : Module<Tensor, Tensor> { private readonly Linear fc1 = Linear(8, 64), fc2 = Linear(64, 16); "
        + "public Features() : base(\"Features\") => RegisterComponents(); public override Tensor forward(Tensor x) => fc2.call(fc1.call(x).tanh()).relu(); }";

    [Theory]
    [MemberData(nameof(FormData), MemberType = typeof(RiskPrograms))]
    public Task Every_form_of_ReLU_reports(string form) =>
        Rules.Check(Model(Layers, $"x = fc1.call(x).tanh(); x = fc2.call(x); return {{|HELU1006:{Relu(form, "x")}|}};"));

    [Fact]
    public Task The_message_names_the_model_and_what_is_lost() => Rules.CheckMessage(
        "HELU1006",
        "The output of 'Net' goes through a ReLU: it can't predict a negative number, and about 50 % of its outputs are 0 at initialisation and give no gradient; remove the ReLU",
        Model("private readonly Linear fc = Linear(8, 1);", "return {|#0:fc.call(x).relu()|};"));

    [Fact]
    public Task A_ReLU_at_the_end_of_a_returned_Sequential_reports_where_it_is_created() => Rules.Check(Model(
        "private readonly Sequential seq = Sequential(Linear(8, 64), Tanh(), Linear(64, 1), {|HELU1006:ReLU()|});", "return seq.call(x);"));

    [Fact]
    public Task A_ReLU_at_the_end_of_a_list_reports() => Rules.Check(Model(
        "private readonly ModuleList<Module<Tensor, Tensor>> layers = ModuleList<Module<Tensor, Tensor>>(Linear(8, 64), Tanh(), Linear(64, 1));",
        "foreach (var layer in layers) x = layer.call(x); return {|HELU1006:x.relu()|};"));

    [Fact]
    public Task A_ReLU_in_a_helper_method_reports_there() => Rules.Check(Model(
        Layers + "private Tensor Head(Tensor x) { return {|HELU1006:functional.relu(fc2.call(x))|}; }", "return Head(fc1.call(x).tanh());"));

    [Fact]
    public Task A_ReLU_in_a_nested_block_reports_where_the_block_runs() => Rules.Check(Model(
        "private readonly Linear fc = Linear(8, 64); private readonly Block head = new(64, 1);", "return {|HELU1006:head.call(fc.call(x))|};", around: Use + Block));

    [Fact]
    public Task A_change_of_shape_after_the_ReLU_changes_nothing() => Rules.Check(Model(
        Layers, "return {|HELU1006:fc2.call(fc1.call(x).tanh()).relu()|}.squeeze(-1);"));

    [Fact]
    public Task A_ReLU_that_is_trained_as_HeLU_reports_too() => Rules.Check(Model(
        Layers, "return {|HELU1006:fc2.call(fc1.call(x).tanh()).relu()|};", attribute: "[Activation(Kind.HeLU)]"));

    [Fact]
    public Task A_ReLU_that_is_trained_as_another_activation_is_silent() => Rules.Check(Model(
        Layers, "return fc2.call(fc1.call(x).tanh()).relu();", attribute: "[Activation(Kind.LeakyReLU)]"));

    [Fact]
    public Task HeLU_as_written_reports_too() => Rules.Check(Model(
        Layers, "return {|HELU1006:fc2.call(fc1.call(x).tanh()).helu()|};"));

    [Theory]
    [InlineData("relu6(x)")]
    [InlineData("leaky_relu(x, 0.01)")]
    [InlineData("x.sigmoid()")]
    [InlineData("gelu(x)")]
    [InlineData("x")]
    public Task Another_activation_is_silent(string output) => Rules.Check(Model(Layers, $"x = fc2.call(fc1.call(x).tanh()); return {output};"));

    [Fact]
    public Task An_encoder_that_a_module_constructs_is_silent() => Rules.Check(Model(
        "private readonly Features features = new(); private readonly Linear fc = Linear(16, 1);", "return fc.call(features.call(x));", around: Use + Features));

    [Theory]
    [InlineData("var net = new Features(); var head = Linear(16, 1); return head.call(net.call(x));")]
    [InlineData("var net = new Features(); var head = Linear(16, 1); var z = net.forward(x); return head.forward(z);")]
    [InlineData("var net = new Features(); return Sequential(net, Linear(16, 1)).call(x);")]
    [InlineData("return Sequential((\"a\", new Features()), (\"b\", Linear(16, 1))).call(x);")]
    public Task An_encoder_whose_output_another_module_takes_is_silent(string run) => Rules.Check(Programs.WithUsings(
        $"public static class Program {{ public static Tensor Run(Tensor x) {{ {run} }} }} {Features}"));

    [Fact]
    public Task A_block_that_no_code_constructs_is_silent() => Rules.Check(Programs.WithUsings(
        "public class Block : Module<Tensor, Tensor> { private readonly Linear fc = Linear(64, 64); public Block() : base(\"Block\") => RegisterComponents(); "
        + "public override Tensor forward(Tensor x) => fc.call(x).relu(); }"));

    [Fact]
    public Task A_model_that_no_code_constructs_reports_where_its_head_is_one_output() => Rules.Check(Model(
        Layers, "return {|HELU1006:fc2.call(fc1.call(x).tanh()).relu()|};", around: ""));

    [Fact]
    public Task Layers_that_no_code_constructs_are_silent_where_they_end_wide() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 128), fc2 = Linear(128, 64);", "return fc2.call(fc1.call(x).tanh()).relu();", around: ""));

    [Fact]
    public Task Q_values_report_where_the_loss_takes_those_of_the_actions() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(8, 32), fc2 = Linear(32, 64);",
        "return {|HELU1006:fc2.call(fc1.call(x).tanh()).relu()|};",
        around: "public static class Program { public static Tensor Loss(Net net, Tensor x, Tensor action, Tensor y) => functional.smooth_l1_loss(net.call(x).gather(1, action), y); }"));

    [Fact]
    public Task Features_of_convolutions_are_silent() => Rules.Check(Model(
        "private readonly Conv2d c1 = Conv2d(3, 16, 3), c2 = Conv2d(16, 8, 3);", "return c2.call(c1.call(x).tanh()).relu();"));

    [Fact]
    public Task A_convolution_s_output_reports_where_a_regression_loss_takes_it() => Rules.Check(Model(
        "private readonly Conv2d c1 = Conv2d(3, 16, 3), c2 = Conv2d(16, 3, 3);",
        "return {|HELU1006:c2.call(c1.call(x).tanh()).relu()|};",
        around: "public static class Program { public static Tensor Loss(Tensor x, Tensor y) { var net = new Net(); return functional.mse_loss(net.call(x), y); } }"));

    [Fact]
    public Task A_Sequential_that_a_method_trains_reports() => Rules.Check(Programs.WithUsings(
        """
        public static class Program
        {
            public static void Train(Tensor x, Tensor y)
            {
                var net = Sequential(Linear(8, 64), Tanh(), Linear(64, 1), {|HELU1006:ReLU()|});
                var optimizer = optim.SGD(net.parameters(), 0.001);
                var loss = functional.mse_loss(net.call(x), y);
                loss.backward();
                optimizer.step();
            }
        }
        """));

    [Theory]
    [InlineData("return Sequential(Linear(8, 64), Tanh(), Linear(64, 1), ReLU());")]
    [InlineData("var part = Sequential(Linear(8, 64), Tanh(), Linear(64, 1), ReLU()); return part;")]
    [InlineData("var part = Sequential(Linear(8, 64), Tanh(), Linear(64, 1), ReLU()); return Sequential(part, Linear(1, 1));")]
    public Task A_Sequential_that_becomes_a_part_is_silent(string body) => Rules.Check(Programs.WithUsings(
        $"public static class Parts {{ public static Module<Tensor, Tensor> Make() {{ {body} }} }}"));

    [Fact]
    public Task A_ReLU_of_a_residual_branch_that_is_the_output_of_a_sum_is_silent() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(8, 8), fc2 = Linear(8, 8);", "return x + fc2.call(fc1.call(x).tanh()).relu();"));

    private const string Block =
        """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly ReLU act = ReLU();
            public Block(int inputs, int outputs) : base("Block") { fc = Linear(inputs, outputs); RegisterComponents(); }
            public override Tensor forward(Tensor x) => act.call(fc.call(x));
        }
        """;
}
