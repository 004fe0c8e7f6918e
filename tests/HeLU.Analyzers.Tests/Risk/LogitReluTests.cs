using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Risk.RiskPrograms;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1007: a ReLU whose output is taken as logits.</summary>
public class LogitReluTests
{
    private const string Layers = "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);";

    [Theory]
    [MemberData(nameof(FormData), MemberType = typeof(RiskPrograms))]
    public Task Every_form_of_ReLU_before_log_softmax_reports(string form) =>
        Rules.Check(Model(Layers, $"x = fc1.call(x).tanh(); x = fc2.call(x); x = {{|HELU1007:{Relu(form, "x")}|}}; return functional.log_softmax(x, 1);"));

    [Theory]
    [InlineData("functional.softmax({0}, 1)")]
    [InlineData("functional.log_softmax({0}, -1)")]
    [InlineData("{0}.softmax(1)")]
    [InlineData("{0}.log_softmax(1)")]
    [InlineData("nn.Softmax(1).call({0})")]
    [InlineData("nn.LogSoftmax(1).call({0})")]
    public Task Every_form_of_softmax_reports(string softmax) => Rules.Check(Model(
        Layers, $"x = {{|HELU1007:fc2.call(fc1.call(x).tanh()).relu()|}}; return {softmax.Replace("{0}", "x", StringComparison.Ordinal)};"));

    [Fact]
    public Task The_message_names_what_takes_the_logits() => Rules.CheckMessage(
        "HELU1007",
        "The output of a ReLU goes into log_softmax as logits: every negative logit, about 50 % of them at initialisation, becomes 0 and gets no gradient; remove the ReLU",
        Model(Layers, "x = {|#0:fc2.call(fc1.call(x).tanh()).relu()|}; return functional.log_softmax(x, 1);"));

    [Fact]
    public Task Children_of_a_Sequential_report() => Rules.Check(Model(
        "private readonly Sequential seq = Sequential(Linear(64, 64), Tanh(), Linear(64, 10), {|HELU1007:ReLU()|}, LogSoftmax(1));", "return seq.call(x);"));

    [Theory]
    [InlineData("functional.cross_entropy(net.call(x), y)")]
    [InlineData("CrossEntropyLoss().call(net.call(x), y)")]
    [InlineData("functional.binary_cross_entropy_with_logits(net.call(x), y)")]
    [InlineData("BCEWithLogitsLoss().call(net.call(x), y)")]
    [InlineData("functional.nll_loss(functional.log_softmax(net.call(x), 1), y)")]
    public Task A_loss_elsewhere_reports_at_the_model_s_ReLU(string loss) => Rules.Check(Model(
        Layers,
        "return {|HELU1007:fc2.call(fc1.call(x).tanh()).relu()|};",
        around: $"public static class Program {{ public static Tensor Loss(Tensor x, Tensor y) {{ var net = new Net(); return {loss}; }} }}"));

    [Fact]
    public Task A_loss_in_another_file_reports_at_the_model_s_ReLU() => Rules.Check(
        Model(Layers, "return {|HELU1007:fc2.call(fc1.call(x).tanh()).relu()|};", around: ""),
        Programs.WithUsings(
            """
            public static class Program
            {
                public static void Train(Tensor x, Tensor y)
                {
                    var net = new Net();
                    var optimizer = optim.Adam(net.parameters());
                    var criterion = CrossEntropyLoss();
                    using var loss = criterion.forward(net.forward(x), y);
                    loss.backward();
                }
            }
            """));

    [Fact]
    public Task A_Sequential_whose_loss_is_computed_in_the_method_reports() => Rules.Check(Programs.WithUsings(
        """
        public static class Program
        {
            public static Tensor Loss(Tensor x, Tensor y)
            {
                var net = Sequential(Linear(64, 64), Tanh(), Linear(64, 10), {|HELU1007:ReLU()|});
                return functional.cross_entropy(net.call(x), y);
            }
        }
        """));

    [Fact]
    public Task A_ReLU_in_a_nested_block_reports_where_the_block_runs() => Rules.Check(Model(
        "private readonly Block head = new();", "return functional.softmax({|HELU1007:head.call(x)|}, 1);", around: Use + Block));

    [Fact]
    public Task A_ReLU_that_is_trained_as_HeLU_reports_too() => Rules.Check(Model(
        Layers, "x = {|HELU1007:fc2.call(fc1.call(x).tanh()).relu()|}; return functional.softmax(x, 1);", attribute: "[Activation(Kind.HeLU)]"));

    [Theory]
    [InlineData("return functional.log_softmax(fc2.call(fc1.call(x).relu()), 1);")]
    [InlineData("return functional.softmax(relu6(fc2.call(x)), 1);")]
    [InlineData("return functional.softmax(leaky_relu(fc2.call(x), 0.01), 1);")]
    [InlineData("return functional.softmax(x + fc1.call(x).relu(), 1);")]
    public Task No_ReLU_on_the_logits_is_silent(string forward) => Rules.Check(Model(Layers, forward));

    [Fact]
    public Task A_model_whose_logits_have_no_ReLU_is_silent() => Rules.Check(Hidden(
        "", "public static class Program { public static Tensor Loss(Tensor x, Tensor y) => functional.cross_entropy(new Net().call(x), y); }"));

    private const string Block =
        """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 10);
            public Block() : base("Block") => RegisterComponents();
            public override Tensor forward(Tensor x) => fc.call(x).relu();
        }
        """;
}
