using System.Text.RegularExpressions;
using Helu.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The fix that removes a ReLU from a model's output: the call, the statement, the child of a Sequential.</summary>
public class RemoveReluTests
{
    private static readonly Fixing<RemoveReluCodeFixProvider> s_fix = new("HELU1006");

    [Theory]
    [InlineData("return [|relu(fc.call(x))|];", "return fc.call(x);")]
    [InlineData("return [|functional.relu(fc.call(x), inplace: true)|];", "return fc.call(x);")]
    [InlineData("return [|functional.relu(inplace: true, x: fc.call(x))|];", "return fc.call(x);")]
    [InlineData("return [|fc.call(x).relu()|];", "return fc.call(x);")]
    [InlineData("return fc.call(x)[|.relu_()|];", "return fc.call(x);", "return [|fc.call(x).relu_()|];")]
    [InlineData("return x?[|.relu()|]!;", "return x!;")]
    [InlineData("return [|relu(x + 1)|].sum();", "return (x + 1).sum();")]
    [InlineData("return 2 * [|relu(x + 1)|];", "return 2 * (x + 1);")]
    [InlineData("return [|(x + 1).relu()|];", "return x + 1;")]
    [InlineData("return -[|relu(x)|];", "return -x;")]
    [InlineData("return fc.call([|relu((x))|]);", "return fc.call(x);")]
    [InlineData("var y = [|relu(x)|]; return y;", "var y = x; return y;")]
    [InlineData("using var y = [|relu(fc.call(x))|]; return y.sum();", "using var y = fc.call(x); return y.sum();")]
    [InlineData("using var y = [|relu(x)|]; return y.sum();", "var y = x; return y.sum();")]
    [InlineData("// owned\nusing Tensor y = [|x.relu()|]; return y.sum();", "// owned\nTensor y = x; return y.sum();")]
    [InlineData("x = [|relu(fc.call(x))|];\nreturn x;", "x = fc.call(x);\nreturn x;")]
    [InlineData("x = fc.call(x);\nx = [|relu(x)|];\nreturn x;", "x = fc.call(x);\nreturn x;")]
    [InlineData("x = fc.call(x);\n[|x.relu_()|];\nreturn x;", "x = fc.call(x);\nreturn x;")]
    [InlineData("x = fc.call(x);\n\nx = [|x.relu()|]; // positive\nreturn x;", "x = fc.call(x);\n\nreturn x;")]
    [InlineData("x = fc.call(x);\n\n// scores\nx = [|relu(x)|];\n\nreturn x;", "x = fc.call(x);\n\n// scores\n\nreturn x;")]
    [InlineData("Func<Tensor, Tensor> f = y => [|relu(fc.call(y))|]; return f(x);", "Func<Tensor, Tensor> f = y => fc.call(y); return f(x);")]
    [InlineData("switch (x.Dimensions)\n{\n    case 2:\n        x = [|relu(x)|];\n        return x;\n    default:\n        return x;\n}", "switch (x.Dimensions)\n{\n    case 2:\n        return x;\n    default:\n        return x;\n}")]
    [InlineData("return fc.call(x) // scores\n    [|.relu()|];", "return fc.call(x) // scores\n;", "return [|fc.call(x) // scores\n    .relu()|];")]
    [InlineData("", "return fc.call(x)\n    .sum();", "return [|fc.call(x)\n    .relu()|]\n    .sum();")]
    public Task A_call_leaves_its_input(string before, string after, string? marked = null) => s_fix.Check(Net(Fields, marked ?? before), Net(Fields, after));

    [Theory]
    [InlineData("    private readonly ReLU act = {|ReLU()|};\n", "act", "")]
    [InlineData("    // bounded\n    private readonly Module<Tensor, Tensor> act = {|ReLU()|};\n", "this.act", "")]
    [InlineData("    private readonly ReLU act = {|ReLU()|}, other = ReLU();\n", "act", "    private readonly ReLU act = ReLU(), other = ReLU();\n")]
    [InlineData("    public readonly ReLU act = {|ReLU()|};\n", "act", "    public readonly ReLU act = ReLU();\n")]
    [InlineData("    private ReLU act = {|ReLU()|};\n", "act", "    private ReLU act = ReLU();\n")]
    [InlineData("    private readonly ReLU act = {|ReLU()|};\n    private string Name => nameof(act);\n", "act", "    private readonly ReLU act = ReLU();\n    private string Name => nameof(act);\n")]
    public Task A_run_goes_with_the_field_that_no_code_is_left_to_use(string before, string receiver, string after) => s_fix.Check(
        Net(Fields + before, $"return [|{receiver}.call(fc.call(x))|];"), Net(Fields + after, "return fc.call(x);"));

    [Theory]
    [InlineData("return [|helu(fc.call(x), 0.1)|];", "return fc.call(x);")]
    [InlineData("return [|fc.call(x).helu(0.1)|];", "return fc.call(x);")]
    [InlineData("return Sequential(fc, [|HeLU(0.1)|]).call(x);", "return Sequential(fc).call(x);")]
    public Task HeLU_is_removed_too(string before, string after) => s_fix.Check(
        "using static Helu.TorchExtensions;\n" + Net(Fields, before), "using static Helu.TorchExtensions;\n" + Net(Fields, after));

    [Fact]
    public Task A_block_whose_last_step_is_the_ReLU_is_not_removed() => s_fix.CheckNotOffered(
        Net("    private readonly Module<Tensor, Tensor> head = new Block();\n", "return [|head.call(x)|];")
        + "class Block : Module<Tensor, Tensor> { readonly ReLU act = {|ReLU()|}; public Block() : base(\"\") => RegisterComponents(); public override Tensor forward(Tensor x) => act.call(x); }");

    [Fact]
    public Task A_field_that_hidden_layers_use_stays() => s_fix.Check(
        Net(Fields + "    private readonly ReLU act = {|ReLU()|};\n", "return [|act.forward(fc.call(act.call(x)))|];"),
        Net(Fields + "    private readonly ReLU act = ReLU();\n", "return fc.call(act.call(x));"));

    [Fact]
    public Task The_field_goes_with_the_last_of_its_runs() => s_fix.CheckDocument(
        Net(Fields + "    private readonly ReLU act = {|ReLU()|};\n", "if (x.Dimensions > 2)\n{\n    x = [|act.call(x)|];\n}\nreturn [|act.call(fc.call(x))|];"),
        Net(Fields, "if (x.Dimensions > 2)\n{\n}\nreturn fc.call(x);"));

    [Theory]
    [InlineData("Sequential(Linear(8, 1), [|ReLU()|])", "Sequential(Linear(8, 1))")]
    [InlineData("Sequential(\n        Linear(8, 1),\n        [|ReLU()|])", "Sequential(\n        Linear(8, 1))")]
    [InlineData("Sequential(\n        Linear(8, 1),\n        [|ReLU()|]\n    )", "Sequential(\n        Linear(8, 1)\n    )")]
    [InlineData("Sequential(\n        Linear(8, 1), // scores\n        [|ReLU()|])", "Sequential(\n        Linear(8, 1) // scores\n        )")]
    [InlineData("Sequential((\"fc\", Linear(8, 1)), (\"act\", [|ReLU()|]))", "Sequential((\"fc\", Linear(8, 1)))")]
    [InlineData("Sequential(Tuple.Create(\"fc\", (Module<Tensor, Tensor>)Linear(8, 1)), Tuple.Create(\"act\", (Module<Tensor, Tensor>)[|ReLU()|]))", "Sequential(Tuple.Create(\"fc\", (Module<Tensor, Tensor>)Linear(8, 1)))")]
    [InlineData("Sequential(new List<Module<Tensor, Tensor>> { Linear(8, 1), [|ReLU()|] })", "Sequential(new List<Module<Tensor, Tensor>> { Linear(8, 1) })")]
    [InlineData("Sequential(new Module<Tensor, Tensor>[]\n    {\n        Linear(8, 1),\n        [|ReLU()|],\n    })", "Sequential(new Module<Tensor, Tensor>[]\n    {\n        Linear(8, 1),\n    })")]
    [InlineData("Sequential((Module<Tensor, Tensor>[])[Linear(8, 1), [|ReLU()|]])", "Sequential((Module<Tensor, Tensor>[])[Linear(8, 1)])")]
    [InlineData("Sequential(Linear(8, 1), [|ReLU()|], Softmax(1))", "Sequential(Linear(8, 1), Softmax(1))")]
    [InlineData("Sequential(\n        Linear(8, 1), [|ReLU()|],\n        Softmax(1))", "Sequential(\n        Linear(8, 1),\n        Softmax(1))")]
    [InlineData("Sequential(\n        Linear(8, 1), // scores\n        [|ReLU()|], // positive\n        Softmax(1))", "Sequential(\n        Linear(8, 1), // scores\n        Softmax(1))")]
    [InlineData("Sequential(\n        [|ReLU()|],\n        Softmax(1))", "Sequential(\n        Softmax(1))")]
    [InlineData("Sequential(Linear(8, 1)).append([|ReLU()|])", "Sequential(Linear(8, 1))")]
    [InlineData("Sequential(Linear(8, 1)).append(\"act\", [|ReLU()|])", "Sequential(Linear(8, 1))")]
    public Task A_child_goes_with_its_name_and_comma(string before, string after) => s_fix.Check(
        Net($"    private readonly Sequential fc = {before};\n", "return fc.call(x);"), Net($"    private readonly Sequential fc = {after};\n", "return fc.call(x);"));

    [Theory]
    [InlineData("layers.Add([|ReLU()|]);", "Module<Tensor, Tensor>")]
    [InlineData("layers.Add((\"act\", [|ReLU()|]));", "(string, Module<Tensor, Tensor>)")]
    public Task A_statement_that_adds_the_child_goes(string statement, string element) => s_fix.Check(
        Net("", $"var layers = new List<{element}>();\n{statement}\nreturn Sequential(layers).call(x);"),
        Net("", $"var layers = new List<{element}>();\nreturn Sequential(layers).call(x);"));

    [Theory]
    [InlineData("return Sequential([|ReLU()|]).call(x);")]
    [InlineData("if (x.Dimensions > 2) x = [|relu(x)|]; return x;")]
    [InlineData("var act = {|ReLU()|}; return Sequential([|act|]).call(x);")]
    [InlineData("return [|x.abs()|];")]
    public Task Not_offered_where_something_would_be_missing(string forward) => s_fix.CheckNotOffered(Net(Fields, forward));

    [Fact]
    public Task All_of_a_document_are_removed_nested_ones_too() => s_fix.CheckDocument(
        Net(Fields, "var net = Sequential(fc, [|ReLU()|], [|ReLU()|]);\nvar y = [|relu([|[|x.relu()|].relu()|])|];\nx = [|relu(x)|];\nx = [|relu(x)|];\nreturn net.call(x + y);"),
        Net(Fields, "var net = Sequential(fc);\nvar y = x;\nreturn net.call(x + y);"));

    [Theory]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task All_of_a_project_are_removed(FixAllScope scope)
    {
        string before = Net(Fields, "return [|relu(fc.call(x))|];");
        string after = Net(Fields, "return fc.call(x);");
        string[] fixedProject = [after, after.Replace("Net", "Other", StringComparison.Ordinal)];
        string[] project = [before, before.Replace("Net", "Other", StringComparison.Ordinal)];
        string[] left = [Net(Fields, "return relu(fc.call(x));"), Net(Fields, "return relu(fc.call(x));").Replace("Net", "Other", StringComparison.Ordinal)];
        return s_fix.CheckAll(scope, [project, project], [fixedProject, scope == FixAllScope.Solution ? fixedProject : left]);
    }

    [Theory]
    [InlineData("Sequential(Linear(8, 1), [|ReLU()|])", "Remove this ReLU")]
    [InlineData("Sequential(Linear(8, 8), [|ReLU()|], Softmax(1))", "Remove this ReLU")]
    [InlineData("Sequential(Linear(8, 8), [|ReLU()|], Linear(8, 1))", "Remove this ReLU (renames later layers' keys)")]
    [InlineData("Sequential((\"a\", Linear(8, 8)), (\"b\", [|ReLU()|]), (\"c\", Linear(8, 1)))", "Remove this ReLU")]
    public async Task The_title_says_when_keys_of_the_state_dict_change(string net, string title) =>
        Assert.Equal([title], await new Fixing<RemoveReluCodeFixProvider>("HELU1007").Titles(Net($"    private readonly Sequential fc = {net};\n", "return fc.call(x);")));

    private const string Fields = "    private readonly Linear fc = Linear(8, 1);\n";

    private static string Net(string members, string forward) =>
        $$"""
        using System;
        using System.Collections.Generic;
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
                {{Regex.Replace(forward, @"\n(?=[^\n;])", "\n        ")}}
            }
        }

        """;
}
