using Helu.Analyzers.Tests.Harness;
using static Helu.Analyzers.Tests.Harness.Programs;

namespace Helu.Analyzers.Tests;

/// <summary>HELU0005: a ReLU that libtorch computes inside a module.</summary>
public class NativeModuleTests
{
    [Theory]
    [InlineData("{|HELU0005:TransformerEncoderLayer()|}")]
    [InlineData("{|HELU0005:nn.TransformerEncoderLayer(64, 8)|}")]
    [InlineData("{|HELU0005:TransformerEncoderLayer(64, 8, 256, 0.1, Activations.ReLU)|}")]
    [InlineData("{|HELU0005:TransformerDecoderLayer(64, 8)|}")]
    [InlineData("{|HELU0005:TransformerDecoderLayer(64, 8, activation: nn.Activations.ReLU)|}")]
    [InlineData("{|HELU0005:Transformer()|}")]
    [InlineData("{|HELU0005:Transformer(activation: Activations.ReLU)|}")]
    [InlineData("TransformerEncoder({|HELU0005:TransformerEncoderLayer(64, 8)|}, 2)")]
    [InlineData("{|HELU0005:TransformerEncoderLayer(64, 8, activation: wide ? Activations.ReLU : Activations.GELU)|}")]
    [InlineData("{|HELU0005:RNN(1, 1, 1, NonLinearities.ReLU)|}")]
    [InlineData("{|HELU0005:RNN(1, 1, nonLinearity: NonLinearities.ReLU)|}")]
    [InlineData("{|HELU0005:RNNCell(1, 1, NonLinearities.ReLU)|}")]
    public Task A_ReLU_inside_a_native_module_reports(string module) => Rules.Check(Net($"private static bool wide; private readonly Module inner = {module};"));

    [Fact]
    public Task The_message_names_the_module() => Rules.CheckMessage(
        "HELU0005",
        "The ReLU inside 'RNN' stays a ReLU: it is computed inside libtorch; choose another activation of this module, or build it from modules",
        Net("private readonly Module inner = {|#0:RNN(1, 1, 1, NonLinearities.ReLU)|};"));

    [Theory]
    [InlineData("TransformerEncoderLayer(64, 8, activation: Activations.GELU)")]
    [InlineData("TransformerDecoderLayer(64, 8, activation: Activations.GELU)")]
    [InlineData("Transformer(activation: Activations.GELU)")]
    [InlineData("RNN(1, 1)")]
    [InlineData("RNN(1, 1, nonLinearity: NonLinearities.Tanh)")]
    [InlineData("RNNCell(1, 1)")]
    [InlineData("LSTM(1, 1)")]
    [InlineData("GRU(1, 1)")]
    public Task Other_activations_do_not_report(string module) => Rules.Check(Net($"private readonly Module inner = {module};"));

    [Fact]
    public Task The_gain_of_an_initialiser_is_not_a_ReLU() => Rules.Check(Net(
        build: "init.kaiming_uniform_(empty(1), nonlinearity: init.NonlinearityType.ReLU);"));

    [Fact]
    public Task Un_annotated_code_does_not_report() => Rules.Check(WithUsings("public class Net { Module inner = Transformer(); }"));
}
