using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1005: a learning rate and momentum beyond what a ReLU network without normalisation bears.</summary>
public class LearningRateTests
{
    private const string Squares = "functional.mse_loss(net.call(x), y)";

    private const string CrossEntropy = "functional.cross_entropy(net.call(x), y)";

    private const string Plain = "Sequential(Linear(32, 64), ReLU(), Linear(64, 64), ReLU(), Linear(64, 64), ReLU(), Linear(64, 1))";

    /// <summary>Measured: 3 hidden layers, 64 wide, mean squared error; dead units of the worst layer .3: 38 %, .5: 96 %, .2 momentum .9: 97 %.</summary>
    [Theory]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.3|})")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.5|})")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.2|}, momentum: 0.9)")]
    [InlineData("optim.SGD(net.parameters(), {|HELU1005:0.1|}, momentum: 0.95)")]
    [InlineData("optim.SGD(learningRate: {|HELU1005:0.5f|}, parameters: net.parameters())")]
    [InlineData("optim.ASGD(net.parameters(), {|HELU1005:0.5|})")]
    [InlineData("optim.SGD(net.parameters(), 0.2)", false)]
    [InlineData("optim.SGD(net.parameters(), 0.1)", false)]
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
        Check($"optim.Adam(net.parameters(), {rate})", reports, Squares, $"Sequential(Linear(32, {width}), ReLU(), Linear({width}, {width}), ReLU(), Linear({width}, {width}), ReLU(), Linear({width}, 1))");

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

    /// <summary>.5 / .3 is 1.7; .35 + log2(1.67) (.9 - .35) = .76.</summary>
    [Fact]
    public Task The_message_says_how_far_beyond_the_limit_and_what_to_use() => Rules.CheckMessage(
        "HELU1005",
        "SGD with a learning rate of 0.5 is 1.7 times the rate at which ReLU units without normalisation start to die: about 76 % of a hidden layer's units are expected to be dead "
        + "after some hundred steps; lower it to 0.1, or normalise before each ReLU",
        Train(Plain, "var optimizer = optim.SGD(net.parameters(), {|#0:0.5|});", Squares));

    /// <summary>Measured dead shares of the worst layer; SGD and Adam as above, RMSprop .03 52 %.</summary>
    [Theory]
    [InlineData("optim.SGD(net.parameters(), 0.3)", 0.375)]
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
