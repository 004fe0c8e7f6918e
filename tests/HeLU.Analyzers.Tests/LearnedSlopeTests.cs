using Helu.Analyzers.Tests.Harness;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0001 in code annotated with PReLU: a function has no place for the parameter; a module of the class has.</summary>
public class LearnedSlopeTests
{
    [Theory]
    [InlineData("return {|HELU0001:functional.relu(x)|};")]
    [InlineData("return {|HELU0001:functional.relu(x, inplace: true)|};")]
    [InlineData("return {|HELU0001:x.relu()|};")]
    [InlineData("return {|HELU0001:x.relu_()|};")]
    public Task A_function_reports(string forward) => Rules.Check(Net(forward));

    [Theory]
    [InlineData("return act.call(x);")]
    [InlineData("return act.forward(x);")]
    [InlineData("return module.call(x);")]
    [InlineData("return features.call(x);")]
    [InlineData("return ReLU().call(x);")]
    public Task A_module_does_not_report(string forward) => Rules.Check(Net(forward));

    [Fact]
    public Task A_function_of_a_member_that_opts_out_does_not_report() =>
        Rules.Check(Net("return Plain(x);", "[Activation(Kind.ReLU)] static Tensor Plain(Tensor x) => functional.relu(x);"));

    [Fact]
    public Task The_message_names_the_way_out() => Rules.CheckMessage(
        "HELU0001",
        "This ReLU stays a ReLU: PReLU learns a parameter, for which a function has no place; call a ReLU() module of this class instead",
        Net("return {|#0:x.relu()|};"));

    private static string Net(string forward, string members = "") => $$"""
        using Helu;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        [Activation(Kind.PReLU)]
        class Net : Module<Tensor, Tensor>
        {
            private readonly ReLU act = ReLU();
            private readonly Module<Tensor, Tensor> module = ReLU();
            private readonly Sequential features = Sequential(ReLU());
            {{members}}
            public Net() : base("Net") => RegisterComponents();
            public override Tensor forward(Tensor x) { {{forward}} }
        }
        """;
}
