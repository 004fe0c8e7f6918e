using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Risk.RiskPrograms;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1004: weights that are all one number before a ReLU.</summary>
public class ConstantWeightsTests
{
    [Theory]
    [InlineData("{|HELU1004:init.zeros_(fc1.weight)|};")]
    [InlineData("{|HELU1004:init.constant_(fc1.weight, 0.01)|};")]
    [InlineData("{|HELU1004:init.ones_(fc1.weight)|};")]
    [InlineData("using (no_grad()) {|HELU1004:fc1.weight.zero_()|};")]
    [InlineData("using (no_grad()) {|HELU1004:fc1.weight.fill_(0.5)|};")]
    [InlineData("RegisterComponents(); foreach (var module in modules()) { if (module is Linear linear) {|HELU1004:init.zeros_(linear.weight)|}; }")]
    public Task Every_way_to_fill_them_reports(string build) => Rules.Check(Hidden(build));

    [Theory]
    [MemberData(nameof(FormData), MemberType = typeof(RiskPrograms))]
    public Task Every_form_of_ReLU_reports(string form) => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);",
        $"x = fc1.call(x); x = {Relu(form, "x")}; return fc2.call(x);",
        "{|HELU1004:init.zeros_(fc1.weight)|};"));

    [Theory]
    [InlineData("init.zeros_(fc1.bias); ", "init.zeros_(fc1.weight)", "0: all of the ReLU's units give 0 for every input and get no gradient, as relu'(0) = 0")]
    [InlineData("", "init.zeros_(fc1.weight)", "0: all of the ReLU's units ignore their inputs, and the half of them that has a negative bias is dead")]
    [InlineData("init.constant_(fc1.bias, 0.1); ", "init.zeros_(fc1.weight)", "0: all of the ReLU's units ignore their inputs")]
    [InlineData("", "init.constant_(fc1.weight, 0.01)", "0.01: its 64 units compute the same, and are worth one")]
    public Task The_message_says_what_becomes_of_the_units(string bias, string weight, string what) => Rules.CheckMessage(
        "HELU1004", $"This fills the weights before a ReLU with {what}; initialise them with kaiming_uniform_", Hidden($"{bias}{{|#0:{weight}|}};"));

    [Fact]
    public Task A_normalisation_in_between_does_not_help() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10); private readonly BatchNorm1d bn = BatchNorm1d(64);",
        "return fc2.call(bn.call(fc1.call(x)).relu());",
        "{|HELU1004:init.zeros_(fc1.weight)|};"));

    [Fact]
    public Task Gamma_of_zero_reports_straight_before_a_ReLU() => Rules.Check(Model(
        "private readonly Conv2d conv = Conv2d(8, 8, 3, padding: 1L); private readonly BatchNorm2d bn = BatchNorm2d(8);",
        "return x + bn.call(conv.call(x)).relu();",
        "{|HELU1004:init.zeros_(bn.weight)|};"));

    [Fact]
    public Task Gamma_of_zero_at_the_end_of_a_residual_branch_is_silent() => Rules.Check(Model(
        "private readonly Conv2d conv = Conv2d(8, 8, 3, padding: 1L); private readonly BatchNorm2d bn = BatchNorm2d(8);",
        "return (x + bn.call(conv.call(x))).relu();",
        "init.zeros_(bn.weight);"));

    [Theory]
    [InlineData("init.zeros_(fc2.weight);")]
    [InlineData("init.kaiming_uniform_(fc1.weight);")]
    [InlineData("init.zeros_(fc1.weight); init.xavier_uniform_(fc1.weight);")]
    [InlineData("if (DateTime.Now.Second > 3) init.zeros_(fc1.weight);")]
    public Task Weights_that_differ_or_feed_no_ReLU_are_silent(string build) => Rules.Check(Hidden(build));

    [Theory]
    [InlineData("relu6(fc1.call(x))")]
    [InlineData("fc1.call(x).tanh()")]
    public Task Another_activation_is_silent(string activation) => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", $"return fc2.call({activation});", "init.zeros_(fc1.weight);"));

    [Fact]
    public Task A_layer_of_one_unit_may_have_constant_weights() => Rules.Check(Model(
        "private readonly Linear fc1 = Linear(64, 1), fc2 = Linear(1, 10);", "return fc2.call(fc1.call(x).relu());", "init.constant_(fc1.weight, 0.1);"));

    [Theory]
    [InlineData("groups: 16", "init.constant_(c.weight, 0.1)")]
    [InlineData("groups: 16, bias: false", "{|HELU1004:init.zeros_(c.weight)|}")]
    [InlineData("groups: 1", "{|HELU1004:init.constant_(c.weight, 0.1)|}")]
    public Task Equal_filters_of_a_channel_each_are_silent(string groups, string fill) => Rules.Check(Model(
        $"private readonly Conv2d c = Conv2d(16, 16, 3, {groups}), d = Conv2d(16, 16, 3);", "return d.call(c.call(x).relu());", fill + ";"));
}
