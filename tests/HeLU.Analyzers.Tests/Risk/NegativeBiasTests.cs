using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Risk.RiskPrograms;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1003: a bias that is filled with a negative number before a ReLU.</summary>
public class NegativeBiasTests
{
    [Theory]
    [InlineData("{|HELU1003:init.constant_(fc1.bias, -2)|};")]
    [InlineData("using (no_grad()) {|HELU1003:fc1.bias.fill_(-2)|};")]
    [InlineData("using (no_grad()) {|HELU1003:fc1.bias.zero_().sub_(2)|};")]
    [InlineData("const double Bias = -2; {|HELU1003:init.constant_(fc1.bias, Bias)|};")]
    [InlineData("RegisterComponents(); foreach (var module in modules()) { if (module is Linear linear) {|HELU1003:init.constant_(linear.bias, -2)|}; }")]
    public Task Every_way_to_fill_it_reports(string build) => Rules.Check(Hidden(build));

    [Theory]
    [MemberData(nameof(FormData), MemberType = typeof(RiskPrograms))]
    public Task Every_form_of_ReLU_reports(string form) => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);",
        $"x = fc1.call(x); x = {Relu(form, "x")}; return fc2.call(x);",
        "{|HELU1003:init.constant_(fc1.bias, -3)|};"));

    /// <summary>Weights of Linear(64, 64) have a variance of 1/192, its pre-activations on N(0, 1) one of 1/3: of 1,024 inputs the largest gives about 3.2 * .577 = 1.85 less 2.</summary>
    [Fact]
    public Task The_message_gives_the_bias_and_the_expected_share() => Rules.CheckMessage(
        "HELU1003",
        "This fills a bias before a ReLU with -3: over 99 % of the ReLU's units are expected to be dead before training starts; fill it with 0",
        Hidden("{|#0:init.constant_(fc1.bias, -3)|};"));

    [Fact]
    public Task A_child_of_a_Sequential_reports() => Rules.Check(Model(
        "private readonly Linear fc = Linear(64, 64); private readonly Sequential seq;", "return seq.call(x);",
        "{|HELU1003:init.constant_(fc.bias, -3)|}; seq = Sequential(fc, ReLU(), Linear(64, 10));"));

    [Fact]
    public Task A_bias_that_grows_with_depth_reports_though_the_first_layer_is_alive() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 64), fc3 = Linear(64, 64), fc4 = Linear(64, 10);",
        "return fc4.call(fc3.call(fc2.call(fc1.call(x).relu()).relu()).relu());",
        "RegisterComponents(); foreach (var module in modules()) { if (module is Linear linear) {|HELU1003:init.constant_(linear.bias, -0.3)|}; }"));

    [Fact]
    public Task Beta_of_a_normalisation_reports() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10); private readonly BatchNorm1d bn = BatchNorm1d(64);",
        "return fc2.call(bn.call(fc1.call(x)).relu());",
        "{|HELU1003:init.constant_(bn.bias, -4)|};"));

    [Fact]
    public Task A_bias_that_a_normalisation_takes_away_again_is_silent() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10); private readonly BatchNorm1d bn = BatchNorm1d(64);",
        "return fc2.call(bn.call(fc1.call(x)).relu());",
        "init.constant_(fc1.bias, -4);"));

    [Theory]
    [InlineData("init.constant_(fc1.bias, 0);")]
    [InlineData("init.constant_(fc1.bias, 0.1);")]
    [InlineData("init.constant_(fc1.bias, -0.1);")]
    [InlineData("init.constant_(fc1.bias, -3); init.zeros_(fc1.bias);")]
    [InlineData("init.constant_(fc2.bias, -3);")]
    [InlineData("init.constant_(fc1.bias, DateTime.Now.Second);")]
    [InlineData("init.kaiming_uniform_(fc1.weight); init.constant_(fc1.bias, -0.5);")]
    public Task A_bias_that_kills_few_units_or_none_is_silent(string build) => Rules.Check(Hidden(build));

    [Theory]
    [InlineData("relu6(fc1.call(x))")]
    [InlineData("leaky_relu(fc1.call(x), 0.01)")]
    [InlineData("fc1.call(x).sigmoid()")]
    public Task Another_activation_is_silent(string activation) => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", $"return fc2.call({activation});", "init.constant_(fc1.bias, -3);"));

    [Fact]
    public Task HeLU_with_an_alpha_that_reaches_the_units_is_silent() => Rules.Check(Hidden("init.constant_(fc1.bias, -3);", attribute: "[Activation(Kind.HeLU, Alpha = 5)]"));

    [Fact]
    public Task HeLU_with_an_alpha_that_does_not_reach_the_units_reports() => Rules.Check(Hidden("{|HELU1003:init.constant_(fc1.bias, -3)|};", attribute: "[Activation(Kind.HeLU)]"));

    [Theory]
    [InlineData("0.99", "init.constant_(fc1.bias, -2);")]
    [InlineData("2", "{|HELU1003:init.constant_(fc1.bias, -2)|};")]
    [InlineData("0,9", "{|HELU1003:init.constant_(fc1.bias, -2)|};")]
    public Task The_share_is_an_option_and_the_default_stands_for_what_is_no_share(string share, string build)
    {
        var test = new RuleTest(Hidden(build));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\nhelu.dead_share = {share}\n"));
        return test.RunAsync();
    }
}
