using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1005: a learning rate and momentum beyond what a ReLU network without normalisation bears.</summary>
public class LearningRateTests
{
    private const string Squares = "functional.mse_loss(net.call(x), y)";

    private const string CrossEntropy = "functional.cross_entropy(net.call(x), y)";

    private const string Plain = "Sequential(Linear(32, 64), ReLU(), Linear(64, 64), ReLU(), Linear(64, 64), ReLU(), Linear(64, 1))";

    /// <summary>Measured: 3 hidden layers, 64 wide, mean squared error; dead units of the worst layer .2: 3 %, .5: 96 %; momentum .9 .1: 21 %, .2: 97 %; .99 .03: 72 %.</summary>
    [Theory]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.3|}, momentum: 0.5)")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.03|}, momentum: 0.99)")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.5|})")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.2|}, momentum: 0.9)")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.1|}, momentum: 0.95)")]
    [InlineData("optim.SGD(learningRate: {|HELU1005:0.5f|}, parameters: net.parameters())")]
    [InlineData("optim.ASGD(net.parameters(), {|HELU1005:0.5|})")]
    [InlineData("optim.SGD(net.parameters(), 0.2)", false)]
    [InlineData("optim.SGD(net.parameters(), 0.1)", false)]
    [InlineData("optim.SGD(net.parameters(), 0.1, momentum: 0.9)", false)]
    [InlineData("optim.SGD(net.parameters(), 0.03, momentum: 0.9)", false)]
    [InlineData("optim.SGD(net.parameters(), 0.03, momentum: 0.95)", false)]
    public Task SGD_on_squares_reports_from_the_measured_limit_on(string optimiser, bool reports = true) => Check(optimiser, reports, Squares);

    /// <summary>Measured with cross-entropy: .3 momentum .9 41 %, .2 momentum .95 88 %; 1 without momentum and .1 with .9 below 1 %.</summary>
    [Theory]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.3|}, momentum: 0.9)")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.2|}, momentum: 0.95)")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:2|}, momentum: 0.5)")]
    [InlineData("optim.SGD(net.parameters(), 1)", false)]
    [InlineData("optim.SGD(net.parameters(), 0.2, momentum: 0.9)", false)]
    [InlineData("optim.SGD(net.parameters(), 0.1, momentum: 0.95)", false)]
    public Task SGD_on_another_loss_has_a_higher_limit(string optimiser, bool reports = true) => Check(optimiser, reports, CrossEntropy);

    /// <summary>Measured at width 64: Adam .03 63 %, .003 16 %; RMSprop .01 51 %, .003 13 %; Adagrad .1 56 %, .03 20 %; Adadelta below 12 % at any rate.</summary>
    [Theory]
    [InlineData("optim.Adam(net.parameters(), {|HELU1005:0.03|})")]
    [InlineData("optim.AdamW(net.parameters(), {|HELU1005:0.1|})")]
    [InlineData("optim.NAdam(net.parameters(), {|HELU1005:0.03|})")]
    [InlineData("optim.RAdam(net.parameters(), {|HELU1005:0.1|})")]
    [InlineData("optim.Adamax(net.parameters(), {|HELU1005:0.05|})")]
    [InlineData("optim.RMSProp(net.parameters(), {|HELU1005:0.01|})")]
    [InlineData("{|HELU1005:optim.RMSProp(net.parameters())|}")]
    [InlineData("optim.Adagrad(net.parameters(), {|HELU1005:0.1|})")]
    [InlineData("optim.Adam(net.parameters(), 0.003)", false)]
    [InlineData("optim.Adam(net.parameters(), 0.01)", false)]
    [InlineData("optim.Adam(net.parameters())", false)]
    [InlineData("optim.RAdam(net.parameters(), 0.03)", false)]
    [InlineData("optim.Adamax(net.parameters())", false)]
    [InlineData("optim.RMSProp(net.parameters(), 0.003)", false)]
    [InlineData("optim.Adagrad(net.parameters(), 0.03)", false)]
    [InlineData("optim.Adadelta(net.parameters(), 3)", false)]
    public Task Adaptive_optimisers_have_limits_of_their_own(string optimiser, bool reports = true) => Check(optimiser, reports, Squares);

    /// <summary>Measured with Adam at .01: 23 % at width 16, 46 % at 128, 87 % at 256; at .003 and 256 27 %.</summary>
    [Theory]
    [InlineData(16, "0.01", false)]
    [InlineData(128, "{|HELU1005:0.01|}", true)]
    [InlineData(256, "{|HELU1005:0.01|}", true)]
    [InlineData(256, "0.003", false)]
    [InlineData(4096, "0.001", false)]
    public Task The_limit_of_an_adaptive_optimiser_falls_with_the_width(int width, string rate, bool reports) =>
        Check(
            $"optim.Adam(net.parameters(), {rate})",
            reports,
            Squares,
            $"Sequential(Linear(32, {width}), ReLU(), Linear({width}, {width}), ReLU(), Linear({width}, {width}), ReLU(), Linear({width}, 1))");

    /// <summary>Measured: one hidden layer dies at SGD .3 with momentum .9 (88 %) and never under Adam up to .1; two layers at SGD .3 by 13 %.</summary>
    [Theory]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.3|}, momentum: 0.9)", true)]
    [InlineData("optim.SGD(net.parameters(), 0.3)", false)]
    [InlineData("optim.Adam(net.parameters(), 0.1)", false)]
    public Task A_shallow_network_bears_more(string optimiser, bool reports) => Check(optimiser, reports, Squares, "Sequential(Linear(32, 64), ReLU(), Linear(64, 1))");

    [Theory]
    [InlineData("const double Rate = 0.1; var rate = Rate * 5; var optimizer = optim.SGD(net.parameters(), {|HELU1005:rate|});")]
    [InlineData("var settings = new Settings(); var optimizer = optim.SGD(net.parameters(), {|HELU1005:settings.Rate|});")]
    [InlineData("double rate = double.Parse(Console.ReadLine()!); var optimizer = optim.SGD(net.parameters(), rate);")]
    [InlineData("double momentum = double.Parse(Console.ReadLine()!); var optimizer = optim.SGD(net.parameters(), 0.5, momentum);")]
    public Task A_constant_rate_is_known_through_variables_and_an_unknown_one_is_silent(string construction) =>
        Rules.Check(Train(Plain, construction, Squares) + "public class Settings { public double Rate { get; } = 0.5; }");

    /// <summary>.2 / (1 - .9)^.6 = .796, of .4 2.0 times; .7 + log2(1.99) (.95 - .7) = .95.</summary>
    [Fact]
    public Task The_message_says_how_far_beyond_the_limit_and_what_to_use() => Rules.CheckMessage(
        "HELU1005",
        "SGD with a learning rate of 0.2 and a momentum of 0.9 is 2.0 times the rate at which ReLU units without normalisation start to die: about 95 % of a hidden layer's "
        + "units are expected to be dead after some hundred steps; lower it to 0.05, or normalise before each ReLU",
        Train(Plain, "var optimizer = optim.SGD(net.parameters(), {|#0:0.2|}, momentum: 0.9);", Squares));

    /// <summary>Measured dead shares of the worst layer; SGD and Adam as above, RMSprop .03 52 %.</summary>
    [Theory]
    [InlineData("optim.SGD(net.parameters(), 0.3, 0.5)", 0.659)]
    [InlineData("optim.SGD(net.parameters(), 0.03, 0.99)", 0.721)]
    [InlineData("optim.SGD(net.parameters(), 1)", 0.974)]
    [InlineData("optim.SGD(net.parameters(), 0.2, 0.9)", 0.966)]
    [InlineData("optim.Adam(net.parameters(), 0.02)", 0.448)]
    [InlineData("optim.Adam(net.parameters(), 0.05)", 0.845)]
    [InlineData("optim.Adam(net.parameters(), 0.1)", 0.954)]
    [InlineData("optim.RMSProp(net.parameters(), 0.01)", 0.508)]
    [InlineData("optim.RMSProp(net.parameters(), 0.03)", 0.523)]
    public async Task The_prediction_is_near_what_is_measured(string optimiser, double measured)
    {
        Diagnostic report = Assert.Single(await Findings.Of("HELU1005", Train(Plain, $"var optimizer = {optimiser};", Squares)));

        Assert.Equal(measured, Findings.Predicted(report), 0.15);
        Assert.Single(report.AdditionalLocations);
    }

    [Theory]
    [MemberData(nameof(RiskPrograms.FormData), MemberType = typeof(RiskPrograms))]
    public Task Every_form_of_ReLU_in_a_model_class_reports(string form) => Rules.Check(RiskPrograms.Model(
        "private readonly Linear a = Linear(32, 64), b = Linear(64, 64), c = Linear(64, 64), d = Linear(64, 1);",
        $"x = {RiskPrograms.Relu(form, "a.call(x)")}; x = {RiskPrograms.Relu(form, "b.call(x)")}; x = {RiskPrograms.Relu(form, "c.call(x)")}; return d.call(x);",
        around: Method("new Net()", "var optimizer = optim.SGD(net.parameters(), {|HELU1005:0.5|});", Squares)));

    [Fact]
    public Task An_annotated_class_is_silent() => Rules.Check(RiskPrograms.Model(
        "private readonly Linear a = Linear(32, 64), b = Linear(64, 64), c = Linear(64, 64), d = Linear(64, 1);",
        "return d.call(c.call(b.call(a.call(x).relu()).relu()).relu());",
        around: Method("new Net()", "var optimizer = optim.SGD(net.parameters(), 0.5);", Squares),
        attribute: "[Activation(Kind.HeLU)]"));

    [Theory]
    [InlineData("Sequential(Linear(32, 64), BatchNorm1d(64), ReLU(), Linear(64, 64), BatchNorm1d(64), ReLU(), Linear(64, 1))")]
    [InlineData("Sequential(Linear(32, 64), Tanh(), Linear(64, 64), Tanh(), Linear(64, 1))")]
    [InlineData("Sequential(Linear(32, 64), LeakyReLU(0.01), Linear(64, 64), ReLU6(), Linear(64, 1))")]
    [InlineData("Sequential(Linear(32, 1))")]
    [InlineData("Sequential(Linear(32, 64), HeLU(), Linear(64, 64), HeLU(), Linear(64, 1))")]
    public Task Normalisation_and_other_activations_are_silent(string model) => Check("optim.SGD(net.parameters(), 0.5)", false, Squares, model);

    [Fact]
    public Task A_residual_model_is_silent() => Rules.Check(RiskPrograms.Model(
        "private readonly Linear a = Linear(32, 32), b = Linear(32, 32), c = Linear(32, 1);",
        "x = x + a.call(x).relu(); x = x + b.call(x).relu(); return c.call(x);",
        around: Method("new Net()", "var optimizer = optim.SGD(net.parameters(), 0.5);", Squares)));

    [Theory]
    [InlineData("helu.max_learning_rate.sgd_mse = 0.6", "0.5")]
    [InlineData("helu.max_learning_rate.sgd_mse = 0.05", "{|HELU1005:0.1|}")]
    [InlineData("helu.max_learning_rate.sgd = 0.05", "0.1")]
    [InlineData("helu.max_learning_rate.sgd_mse = fast", "{|HELU1005:0.5|}")]
    public Task The_limit_is_an_option(string option, string rate)
    {
        var test = new RuleTest(Train(Plain, $"var optimizer = optim.SGD(net.parameters(), {rate});", Squares));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{option}\n"));
        return test.RunAsync();
    }

    [Theory]
    [InlineData("foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.001;")]
    [InlineData("var schedule = optim.lr_scheduler.OneCycleLR(optimizer, 0.01, 100);")]
    [InlineData("clip_grad();", "static void clip_grad() => nn.utils.clip_grad_norm_([], 1.0);")]
    public Task A_rate_or_step_that_the_code_changes_is_silent(string change, string around = "") => Rules.Check(Programs.WithUsings(
        Method(Plain, "var optimizer = optim.SGD(net.parameters(), 0.5, momentum: 0.9); " + change, "functional.mse_loss(net.call(x), y)").Replace("public static void Train", around + " public static void Train", StringComparison.Ordinal)));

    [Theory]
    [InlineData("net.head.parameters()", "0.5")]
    [InlineData("net.parameters()", "{|HELU1005:0.5|}")]
    public Task Layers_that_are_not_trained_are_silent(string parameters, string rate) => Rules.Check(Programs.WithUsings(
        $$"""
        public class Net : Module<Tensor, Tensor>
        {
            public readonly Sequential body = Sequential(Linear(32, 64), ReLU(), Linear(64, 64), ReLU(), Linear(64, 64), ReLU());
            public readonly Linear head = Linear(64, 1);
            public Net() : base("Net") => RegisterComponents();
            public override Tensor forward(Tensor x) => head.call(body.call(x));
        }
        public static class Program
        {
            public static void Train(Tensor x, Tensor y)
            {
                var net = new Net();
                var optimizer = optim.SGD({{parameters}}, {{rate}}, momentum: 0.9);
                functional.mse_loss(net.call(x), y).backward();
                optimizer.step();
            }
        }
        """));

    private static Task Check(string optimiser, bool reports, string loss, string model = Plain)
    {
        Assert.Equal(reports, optimiser.Contains("HELU1005", StringComparison.Ordinal));
        return Rules.Check(Train(model, $"var optimizer = {optimiser};", loss));
    }

    private static string Train(string model, string construction, string loss) => Programs.WithUsings(Method(model, construction, loss));

    private static string Method(string model, string construction, string loss) =>
        $$"""
        public static class Program
        {
            public static void Train(Tensor x, Tensor y)
            {
                var net = {{model}};
                {{construction}}
                for (int step = 0; step < 300; step++)
                {
                    optimizer.zero_grad();
                    {{loss}}.backward();
                    optimizer.step();
                }
            }
        }

        """;
}
