using Helu.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The fix that normalises the input of a ReLU whose width is known: a child of its Sequential, or a field that forward runs.</summary>
public class InsertNormalizationTests
{
    private const string Fields = "    private readonly Linear fc1 = Linear(8, 64);\n    private readonly Linear fc2 = Linear(64, 64);\n";

    private const string Norm1 = "    private readonly BatchNorm1d norm1 = BatchNorm1d(64);\n";

    [Theory]
    [InlineData("Sequential(Linear(8, 64), [|ReLU()|], Linear(64, 1))", "Sequential(Linear(8, 64), BatchNorm1d(64), ReLU(), Linear(64, 1))")]
    [InlineData("Sequential(\n        Linear(8, 64), // hidden\n        [|ReLU()|])", "Sequential(\n        Linear(8, 64), // hidden\n        BatchNorm1d(64),\n        ReLU())")]
    [InlineData("Sequential([|ReLU()|], Linear(64, 1))", "Sequential(BatchNorm1d(64), ReLU(), Linear(64, 1))")]
    [InlineData("Sequential(\n        [|ReLU()|],\n        Linear(64, 1))", "Sequential(\n        BatchNorm1d(64),\n        ReLU(),\n        Linear(64, 1))")]
    [InlineData("Sequential((\"fc\", Linear(8, 64)), (\"act\", [|ReLU()|]))", "Sequential((\"fc\", Linear(8, 64)), (\"act_norm\", BatchNorm1d(64)), (\"act\", ReLU()))")]
    [InlineData("Sequential(new List<Module<Tensor, Tensor>> { Linear(8, 64), [|ReLU()|] })", "Sequential(new List<Module<Tensor, Tensor>> { Linear(8, 64), BatchNorm1d(64), ReLU() })")]
    [InlineData("Sequential((Module<Tensor, Tensor>[])[Linear(8, 64), [|ReLU()|]])", "Sequential((Module<Tensor, Tensor>[])[Linear(8, 64), BatchNorm1d(64), ReLU()])")]
    [InlineData("Sequential(Tuple.Create(\"fc\", (nn.Module<Tensor, Tensor>)Linear(8, 1)), Tuple.Create<string, nn.Module<Tensor, Tensor>>(\"act\", [|ReLU()|]))",
        "Sequential(Tuple.Create(\"fc\", (nn.Module<Tensor, Tensor>)Linear(8, 1)), Tuple.Create<string, nn.Module<Tensor, Tensor>>(\"act_norm\", BatchNorm1d(64)), Tuple.Create<string, nn.Module<Tensor, Tensor>>(\"act\", ReLU()))")]
    public Task A_child_is_inserted(string before, string after) => BatchNorm().Check(
        Net($"    private readonly Sequential fc1 = {before};\n", "return fc1.call(x);"), Net($"    private readonly Sequential fc1 = {after};\n", "return fc1.call(x);"));

    [Theory]
    [InlineData("layers.Add([|ReLU()|]);", "layers.Add(BatchNorm1d(64));\n        layers.Add(ReLU());", "Module<Tensor, Tensor>")]
    [InlineData("layers.Add((\"act\", [|ReLU()|]));", "layers.Add((\"act_norm\", BatchNorm1d(64)));\n        layers.Add((\"act\", ReLU()));", "(string, Module<Tensor, Tensor>)")]
    public Task A_statement_that_adds_a_child_is_inserted(string before, string after, string element) => BatchNorm().Check(
        Net("", $"var layers = new List<{element}>();\n        {before}\n        return Sequential(layers).call(x);"),
        Net("", $"var layers = new List<{element}>();\n        {after}\n        return Sequential(layers).call(x);"));

    [Fact]
    public Task A_named_child_of_append_is_inserted() => BatchNorm().Check(
        Net("", "var net = Sequential();\n        net.append(\"act\", [|ReLU()|]);\n        return net.call(x);"),
        Net("", "var net = Sequential();\n        net.append(\"act_norm\", BatchNorm1d(64));\n        net.append(\"act\", ReLU());\n        return net.call(x);"));

    [Theory]
    [InlineData("return [|relu(fc1.call(x))|];", "return relu(norm1.call(fc1.call(x)));")]
    [InlineData("return [|fc1.call(x).relu()|];", "return norm1.call(fc1.call(x)).relu();")]
    [InlineData("return [|(fc1.call(x) + 1).relu_()|];", "return norm1.call(fc1.call(x) + 1).relu_();")]
    [InlineData("x = [|relu(x)|];\n        return x;", "x = relu(norm1.call(x));\n        return x;")]
    [InlineData("return [|relu( /* hidden */ fc1.call(x), inplace: true)|];", "return relu( /* hidden */ norm1.call(fc1.call(x)), inplace: true);")]
    public Task The_input_of_a_function_goes_through_a_new_field(string before, string after) =>
        BatchNorm().Check(Net(Fields, before), Net(Fields + Norm1, after));

    [Fact]
    public Task The_input_of_a_module_goes_through_a_new_field() => BatchNorm().Check(
        Net(Fields + "    private readonly ReLU act = {|ReLU()|};\n", "return [|act.call(fc1.call(x))|];"),
        Net(Fields + "    private readonly ReLU act = ReLU();\n" + Norm1, "return act.call(norm1.call(fc1.call(x)));"));

    [Theory]
    [InlineData("    private readonly Linear norm1 = Linear(8, 64);\n", "return [|relu(norm1.call(x))|];", "return relu(norm2.call(norm1.call(x)));")]
    [InlineData("    private readonly Linear fc1 = Linear(8, 64);\n", "var norm1 = fc1.call(x);\n        return [|relu(norm1)|];", "var norm1 = fc1.call(x);\n        return relu(norm2.call(norm1));")]
    public Task The_name_is_one_that_nothing_has(string fields, string before, string after) =>
        BatchNorm().Check(Net(fields, before), Net(fields + Norm1.Replace("norm1", "norm2", StringComparison.Ordinal), after));

    [Theory]
    [InlineData("1", 1, "LayerNorm")]
    [InlineData("2", 0, "BatchNorm2d")]
    [InlineData("3", 0, "BatchNorm3d")]
    public Task The_layer_is_of_the_dimensions_of_the_input(string dimensions, int action, string layer) => Norm(dimensions, action).Check(
        Net(Fields, "return [|relu(fc1.call(x))|];"), Net(Fields + $"    private readonly {layer} norm1 = {layer}(64);\n", "return relu(norm1.call(fc1.call(x)));"));

    [Theory]
    [InlineData("foreach (var fc in new[] { fc1, fc2 }) x = [|relu(fc.call(x))|]; return x;")]
    [InlineData("Func<Tensor, Tensor> f = y => [|relu(fc1.call(y))|]; return f(x);")]
    [InlineData("Tensor F(Tensor y) => [|relu(fc1.call(y))|]; return F(x);")]
    [InlineData("[|x.relu_()|]; return x;")]
    [InlineData("return x?[|.relu()|]!;")]
    [InlineData("var layers = new List<Module<Tensor, Tensor>>(); for (int i = 0; i < 3; i++) { layers.Add([|ReLU()|]); } return x;")]
    [InlineData("var net = x.Dimensions > 2 ? fc1 : (Module<Tensor, Tensor>)[|ReLU()|]; return net.call(x);")]
    [InlineData("return [|fc1.call(x)|];")]
    public Task Not_offered_where_code_may_stand_for_several_layers_or_change_no_input(string forward) => BatchNorm().CheckNotOffered(Net(Fields, forward));

    [Fact]
    public async Task Not_offered_where_the_width_or_the_class_is_not_known()
    {
        string net = Net(Fields, "return [|relu(fc1.call(x))|];");
        await new Fixing<InsertNormalizationCodeFixProvider>("HELU1002").CheckNotOffered(net);
        await new Fixing<InsertNormalizationCodeFixProvider>("HELU1002") { Properties = { ["Features"] = "64" } }.CheckNotOffered(net);
        await BatchNorm().CheckNotOffered(net.Replace("RegisterComponents();", "register_module(\"fc1\", fc1);", StringComparison.Ordinal));
        await BatchNorm().CheckNotOffered(Net("", "return Block(x);").Replace("public override", "Tensor Block(Tensor x) => [|relu(x)|]; public override", StringComparison.Ordinal));
    }

    [Fact]
    public Task Several_ReLUs_of_a_forward_each_get_a_field_of_their_own() => BatchNorm().CheckDocument(
        Net(Fields, "return [|relu(fc2.call([|relu(fc1.call(x))|]))|] + [|x.relu()|];"),
        Net(
            Fields + Norm1 + Norm1.Replace("norm1", "norm2", StringComparison.Ordinal) + Norm1.Replace("norm1", "norm3", StringComparison.Ordinal),
            "return relu(norm1.call(fc2.call(relu(norm2.call(fc1.call(x)))))) + norm3.call(x).relu();"));

    [Fact]
    public Task Several_ReLUs_of_a_Sequential_each_get_a_layer() => BatchNorm().CheckDocument(
        Net("    private readonly Sequential net = Sequential(\n        Linear(8, 64),\n        [|ReLU()|],\n        Linear(64, 64), [|ReLU()|]);\n", "return net.call(x);"),
        Net("    private readonly Sequential net = Sequential(\n        Linear(8, 64),\n        BatchNorm1d(64),\n        ReLU(),\n        Linear(64, 64), BatchNorm1d(64), ReLU());\n", "return net.call(x);"));

    [Theory]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task All_of_a_project_get_the_layer(FixAllScope scope)
    {
        string before = Net(Fields, "return [|relu(fc1.call(x))|];");
        string after = Net(Fields + Norm1, "return relu(norm1.call(fc1.call(x)));");
        return BatchNorm().CheckAll(scope, [[before, before.Replace("Net", "Other", StringComparison.Ordinal)]], [[after, after.Replace("Net", "Other", StringComparison.Ordinal)]]);
    }

    [Fact]
    public async Task The_titles_name_the_layer_and_what_it_renames()
    {
        Assert.Equal(["Insert BatchNorm1d(64) before this ReLU", "Insert LayerNorm(64) before this ReLU"], await BatchNorm().Titles(Net(Fields, "return [|relu(fc1.call(x))|];")));
        Assert.Equal(["Insert BatchNorm1d(64) before this ReLU"], await BatchNorm().Titles(Net("    private readonly Conv1d fc1 = Conv1d(8, 64, 3);\n", "return [|relu(fc1.call(x))|];")));
        Assert.Equal(["Insert BatchNorm2d(64) before this ReLU"], await Norm("2", 0).Titles(Net(Fields, "return [|relu(fc1.call(x))|];")));
        Assert.Equal(
            ["Insert BatchNorm2d(64) before this ReLU (renames later layers' keys)"],
            await Norm("2", 0).Titles(Net("", "return Sequential(Conv2d(3, 64, 3), [|ReLU()|], Conv2d(64, 3, 3)).call(x);")));
    }

    private static Fixing<InsertNormalizationCodeFixProvider> BatchNorm() => Norm("1", 0);

    private static Fixing<InsertNormalizationCodeFixProvider> Norm(string dimensions, int action) =>
        new("HELU1002") { Properties = { ["Features"] = "64", ["Dimensions"] = dimensions }, Action = action };

    private static string Net(string members, string forward) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        using static TorchSharp.torch.nn.functional;

        class Net : Module<Tensor, Tensor>
        {
        {{members}}
            public Net() : base("Net") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                {{forward}}
            }
        }

        """;
}
