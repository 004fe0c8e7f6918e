extern alias compiler;

using compiler::Helu.Analyzers.Risk;
using Helu.Analyzers.Tests.Harness;
using Helu.CodeFixes;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The rules find what their fixes change, and find nothing there afterwards.</summary>
public class RuleAndFixTests
{
    private const string DeepLayers = "private readonly Linear fc0 = Linear(16, 16), fc1 = Linear(16, 16), fc2 = Linear(16, 16), fc3 = Linear(16, 16), fc4 = Linear(16, 10);";

    private const string Use = "\n\npublic static class Program\n{\n    public static Tensor Run(Tensor x)\n    {\n        var net = new Net();\n        return net.call(x);\n    }\n}\n";

    [Fact]
    public Task HELU1003_and_zero_bias() => new FixTest<NegativeBiasAnalyzer, ZeroBiasCodeFixProvider>(
        [Net("private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", "{|HELU1003:init.constant_(fc1.bias, -3)|};", "return fc2.call(functional.relu(fc1.call(x)));")],
        [Net("private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", "init.zeros_(fc1.bias);", "return fc2.call(functional.relu(fc1.call(x)));")]).RunAsync();

    [Fact]
    public Task HELU1004_and_Kaiming() => new FixTest<ConstantWeightsAnalyzer, InitialiseWithKaimingCodeFixProvider>(
        [Net("private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", "{|HELU1004:init.zeros_(fc1.weight)|};", "return fc2.call(functional.relu(fc1.call(x)));")],
        [Net("private readonly Linear fc1 = Linear(64, 64), fc2 = Linear(64, 10);", "init.kaiming_uniform_(fc1.weight, nonlinearity: init.NonlinearityType.ReLU);", "return fc2.call(functional.relu(fc1.call(x)));")]).RunAsync();

    [Theory]
    [InlineData("return {|HELU1006:functional.relu(fc2.call(fc1.call(x).tanh()))|};", "return fc2.call(fc1.call(x).tanh());")]
    [InlineData("x = fc2.call(fc1.call(x).tanh());\n        return {|HELU1006:x.relu()|};", "x = fc2.call(fc1.call(x).tanh());\n        return x;")]
    [InlineData("return {|HELU1006:fc2.call(fc1.call(x).tanh()).helu()|};", "return fc2.call(fc1.call(x).tanh());")]
    public Task HELU1006_and_removal(string before, string after) => new FixTest<OutputReluAnalyzer, RemoveReluCodeFixProvider>(
        [Net("private readonly Linear fc1 = Linear(8, 64), fc2 = Linear(64, 1);", "", before)],
        [Net("private readonly Linear fc1 = Linear(8, 64), fc2 = Linear(64, 1);", "", after)]).RunAsync();

    [Theory]
    [InlineData(", {|HELU1006:ReLU()|}", "", "return fc1.call(x);")]
    public Task HELU1006_and_removal_of_a_child(string before, string after, string forward) => new FixTest<OutputReluAnalyzer, RemoveReluCodeFixProvider>(
        [Net($"private readonly Sequential fc1 = Sequential(Linear(8, 64), Tanh(), Linear(64, 1){before});", "", forward)],
        [Net($"private readonly Sequential fc1 = Sequential(Linear(8, 64), Tanh(), Linear(64, 1){after});", "", forward)]).RunAsync();

    [Fact]
    public Task HELU1006_and_removal_of_a_module_with_its_field() => new FixTest<OutputReluAnalyzer, RemoveReluCodeFixProvider>(
        [Net("private readonly Linear fc = Linear(8, 1);\n    private readonly Module<Tensor, Tensor> act = ReLU();", "", "return {|HELU1006:act.call(fc.call(x))|};")],
        [Net("private readonly Linear fc = Linear(8, 1);", "", "return fc.call(x);")]).RunAsync();

    [Fact]
    public Task HELU1007_and_removal() => new FixTest<LogitReluAnalyzer, RemoveReluCodeFixProvider>(
        [Net("private readonly Linear fc1 = Linear(8, 64), fc2 = Linear(64, 10);", "", "return functional.softmax({|HELU1007:functional.relu(fc2.call(fc1.call(x).tanh()))|}, 1);")],
        [Net("private readonly Linear fc1 = Linear(8, 64), fc2 = Linear(64, 10);", "", "return functional.softmax(fc2.call(fc1.call(x).tanh()), 1);")]).RunAsync();

    [Theory]
    [InlineData("#nullable disable", "")]
    [InlineData("#nullable enable", "                if (linear.bias is not null)\n    ")]
    public Task HELU1002_and_Kaiming(string nullable, string guard) => new FixTest<DeepStackAnalyzer, InitialiseWithKaimingCodeFixProvider>(
        [Net(DeepLayers, "", $"return {Stack("{|HELU1002:$|}")};", nullable: nullable)],
        [Net(DeepLayers, "", $"return {Stack("$")};", Loop.Replace("                init.zeros_", guard + "                init.zeros_", StringComparison.Ordinal), nullable)]).RunAsync();

    [Fact]
    public Task HELU1002_and_normalisation() => new FixTest<DeepStackAnalyzer, InsertNormalizationCodeFixProvider>(
        [Net(DeepLayers, "", $"return {Stack("{|HELU1002:$|}")};")],
        [Net(DeepLayers + "\n    private readonly BatchNorm1d norm1 = BatchNorm1d(16);", "", $"return {Stack("$").Replace("fc3.call(fc2.call(fc1.call(fc0.call(x).relu()).relu()).relu())", "norm1.call(fc3.call(fc2.call(fc1.call(fc0.call(x).relu()).relu()).relu()))", StringComparison.Ordinal)};")]).RunAsync();

    [Fact]
    public Task HELU1002_and_training_as_HeLU() => new FixTest<DeepStackAnalyzer, TrainWithHeluCodeFixProvider>(
        [Net(DeepLayers, "", $"return {Stack("{|HELU1002:$|}")};")],
        [Net(DeepLayers, "", $"return {Stack("$")};").Replace("public class Net", "[Activation(Kind.HeLU)]\npublic class Net", StringComparison.Ordinal)]).RunAsync();

    private const string Loop =
        """

                foreach (var module in modules())
                {
                    if (module is Linear linear)
                    {
                        init.kaiming_uniform_(linear.weight, nonlinearity: init.NonlinearityType.ReLU);
                        init.zeros_(linear.bias);
                    }
                }
        """;

    /// <summary>Four hidden layers; <paramref name="last"/> is the text of the last ReLU, with $ for it.</summary>
    private static string Stack(string last) =>
        "fc4.call(" + last.Replace("$", "fc3.call(fc2.call(fc1.call(fc0.call(x).relu()).relu()).relu()).relu()", StringComparison.Ordinal) + ")";

    private static string Net(string fields, string build, string forward, string afterRegistration = "", string nullable = "")
    {
        return Programs.WithUsings(
            $$"""
            {{nullable}}
            public class Net : Module<Tensor, Tensor>
            {
                {{fields}}

                public Net() : base("Net")
                {
                    {{build}}
                    RegisterComponents();{{afterRegistration}}
                }

                public override Tensor forward(Tensor x)
                {
                    {{forward}}
                }
            }
            """) + Use;
    }
}
