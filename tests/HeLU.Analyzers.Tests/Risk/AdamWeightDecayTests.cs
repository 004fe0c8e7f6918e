using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>HELU1008: an L2 penalty under Adam on convolutions with BatchNorm and ReLU.</summary>
public class AdamWeightDecayTests
{
    private const string Normalised = "Sequential(Conv2d(3, 16, 3), BatchNorm2d(16), ReLU(), Conv2d(16, 16, 3), BatchNorm2d(16), ReLU(), Flatten(), Linear(256, 10))";

    [Theory]
    [InlineData("optim.Adam(net.parameters(), weight_decay: {|HELU1008:1e-4|})")]
    [InlineData("optim.Adam(net.parameters(), 0.001, 0.9, 0.999, 1e-8, {|HELU1008:Decay|})")]
    [InlineData("optim.NAdam(net.parameters(), weight_decay: {|HELU1008:1e-4|})")]
    [InlineData("optim.Adam(net.parameters())")]
    [InlineData("optim.Adam(net.parameters(), weight_decay: 0)")]
    [InlineData("optim.AdamW(net.parameters(), weight_decay: 1e-2)")]
    [InlineData("optim.SGD(net.parameters(), 0.1, weight_decay: 1e-4)")]
    [InlineData("optim.Adam(net.parameters(), weight_decay: DateTime.Now.Second)")]
    public Task Adam_with_a_known_penalty_reports(string optimiser) => Rules.Check(Train(Normalised, optimiser));

    [Theory]
    [InlineData("Sequential(Conv2d(3, 16, 3), ReLU(), Conv2d(16, 16, 3), ReLU(), Flatten(), Linear(256, 10))")]
    [InlineData("Sequential(Conv2d(3, 16, 3), BatchNorm2d(16), LeakyReLU(0.1), Flatten(), Linear(256, 10))")]
    [InlineData("Sequential(Linear(3, 16), BatchNorm1d(16), ReLU(), Linear(16, 10))")]
    [InlineData("Sequential(Conv2d(3, 16, 3), GroupNorm(4, 16), ReLU(), Flatten(), Linear(256, 10))")]
    public Task Other_models_are_silent(string model) => Rules.Check(Train(model, "optim.Adam(net.parameters(), weight_decay: 1e-4)"));

    [Theory]
    [MemberData(nameof(RiskPrograms.FormData), MemberType = typeof(RiskPrograms))]
    public Task Every_form_of_ReLU_in_a_model_class_reports(string form) => Rules.Check(RiskPrograms.Model(
        "private readonly Conv2d conv = Conv2d(3, 16, 3); private readonly BatchNorm2d norm = BatchNorm2d(16); private readonly Linear fc = Linear(16, 10);",
        $"x = {RiskPrograms.Relu(form, "norm.call(conv.call(x))")}; return fc.call(x.mean(new long[] {{ 2, 3 }}));",
        around: Method("new Net()", "optim.Adam(net.parameters(), weight_decay: {|HELU1008:1e-4|})")));

    [Fact]
    public Task The_message_names_the_optimiser_and_counts() => Rules.CheckMessage(
        "HELU1008",
        "A weight_decay of 0.0001 is an L2 penalty here, which Adam scales up for channels with small gradients until their BatchNorm and ReLU output 0 for every input "
        + "(2 convolutions in this model); use AdamW, whose decay does not depend on the gradient",
        Train(Normalised, "optim.Adam(net.parameters(), weight_decay: {|#0:1e-4|})"),
        DiagnosticSeverity.Info);

    private static string Train(string model, string optimiser) => Programs.WithUsings(Method(model, optimiser));

    private static string Method(string model, string optimiser) =>
        $$"""
        public static class Program
        {
            private const double Decay = 5e-4;

            public static void Train(Tensor x, Tensor y)
            {
                var net = {{model}};
                var optimizer = {{optimiser}};
                functional.cross_entropy(net.call(x), y).backward();
                optimizer.step();
            }
        }
        """;
}
