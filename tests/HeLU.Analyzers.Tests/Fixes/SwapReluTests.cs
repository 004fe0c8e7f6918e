using Helu.Analyzers.Tests.Harness;
using Helu.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The fix that writes HeLU where one ReLU stands, with the usings that it takes and without any other change.</summary>
public class SwapReluTests
{
    private const string Id = "HELU1002";

    /// <summary>A compiler of the tests' version reads no C# 14 extension members from assemblies: up to C# 13 the fix writes bare names.</summary>
    private static readonly Fixing<SwapReluCodeFixProvider> s_beforeCSharp14 = new(Id) { Options = Programs.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp13) };

    [Theory]
    [InlineData("relu(x)", "helu(x)")]
    [InlineData("relu(x, true)", "helu(x, inplace: true)")]
    [InlineData("relu(x, inplace: true)", "helu(x, inplace: true)")]
    [InlineData("relu(inplace: true, x: x)", "helu(inplace: true, x: x)")]
    [InlineData("relu( x , /* in place */ true )", "helu( x , /* in place */ inplace: true )")]
    [InlineData("relu(x.sum() /* all */)", "helu(x.sum() /* all */)")]
    public Task A_bare_function_takes_a_static_using(string before, string after) => new Fixing<SwapReluCodeFixProvider>(Id).Check(
        Function($"[|{before}|]", "using static TorchSharp.torch;\nusing static TorchSharp.torch.nn.functional;\n"),
        Function(after, "using static Helu.TorchExtensions;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn.functional;\n"));

    [Theory]
    [InlineData("x.relu()", "x.helu()")]
    [InlineData("x.relu_()", "x.helu_()")]
    [InlineData("x?.relu()!", "x?.helu()!")]
    [InlineData("x.sum(0).relu().sum()", "x.sum(0).helu().sum()")]
    [InlineData("x . relu( )", "x . helu( )")]
    [InlineData("x\n        // rectified\n        .relu()\n        .sum()", "x\n        // rectified\n        .helu()\n        .sum()")]
    public Task A_method_of_the_tensor_takes_a_using(string before, string after)
    {
        string name = before.Contains("relu_", StringComparison.Ordinal) ? "relu_()" : before.Contains("relu( )", StringComparison.Ordinal) ? "relu( )" : "relu()";
        int end = before.IndexOf(name, StringComparison.Ordinal) + name.Length;
        string marked = before.Contains('?', StringComparison.Ordinal) ? $"x?[|.relu()|]!" : $"[|{before[..end]}|]{before[end..]}";
        return new Fixing<SwapReluCodeFixProvider>(Id).Check(
            Function(marked, "using static TorchSharp.torch;\n"),
            Function(after, "using Helu;\nusing static TorchSharp.torch;\n"));
    }

    [Theory]
    [InlineData("functional.relu(x)", "helu(x)")]
    [InlineData("nn.functional.relu(x, true)", "helu(x, inplace: true)")]
    public Task A_qualified_function_becomes_a_bare_one_before_CSharp_14(string before, string after) => s_beforeCSharp14.Check(
        Function($"[|{before}|]", "using static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n"),
        Function(after, "using static Helu.TorchExtensions;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n"));

    [Fact]
    public Task A_qualified_module_becomes_a_bare_one_before_CSharp_14() => s_beforeCSharp14.Check(
        "using TorchSharp;\nclass A { object act = [|torch.nn.ReLU(true)|]; }",
        "using TorchSharp;\nusing static Helu.TorchExtensions;\nclass A { object act = HeLU(inplace: true); }");

    [Fact]
    public Task Children_keep_their_names_and_comments() => new Fixing<SwapReluCodeFixProvider>(Id).Check(
        Module(
            """
                private readonly Sequential net = Sequential(
                    ("fc1", Linear(8, 4)), // hidden
                    ("act", [|ReLU(inplace: true)|]), // rectified
                    ("fc2", Linear(4, 1)));
            """),
        Module(
            """
                private readonly Sequential net = Sequential(
                    ("fc1", Linear(8, 4)), // hidden
                    ("act", HeLU(inplace: true)), // rectified
                    ("fc2", Linear(4, 1)));
            """,
            isSwapped: true));

    [Theory]
    [InlineData("Sequential(Linear(8, 4), [|ReLU()|], Linear(4, 1))", "Sequential(Linear(8, 4), HeLU(), Linear(4, 1))")]
    [InlineData("Sequential(new Module<Tensor, Tensor>[] { Linear(8, 4), [|ReLU()|] })", "Sequential(new Module<Tensor, Tensor>[] { Linear(8, 4), HeLU() })")]
    [InlineData("Sequential(new List<Module<Tensor, Tensor>> { Linear(8, 4), [|ReLU(true)|] })", "Sequential(new List<Module<Tensor, Tensor>> { Linear(8, 4), HeLU(inplace: true) })")]
    public Task Children_of_a_list_are_swapped(string before, string after) => new Fixing<SwapReluCodeFixProvider>(Id).Check(
        Module($"    private readonly Sequential net = {before};"), Module($"    private readonly Sequential net = {after};", isSwapped: true));

    [Fact]
    public Task The_module_is_swapped_where_it_is_made_not_where_it_runs() => new Fixing<SwapReluCodeFixProvider>(Id).Check(
        Module("    private readonly Module<Tensor, Tensor> net = {|ReLU()|};").Replace("net.call(x)", "[|net.call(x)|]", StringComparison.Ordinal),
        Module("    private readonly Module<Tensor, Tensor> net = HeLU();", isSwapped: true));

    [Theory]
    [InlineData("    private readonly ReLU net = [|ReLU()|], second = ReLU(true);", "    private readonly HeLU net = HeLU(), second = HeLU(inplace: true);")]
    [InlineData("    private ReLU net { get; } = [|ReLU()|];", "    private HeLU net { get; } = HeLU();")]
    [InlineData("    private readonly /* a module */ ReLU net;\n    public Net(int _) : this() => net = [|ReLU()|];", "    private readonly /* a module */ HeLU net;\n    public Net(int _) : this() => net = HeLU();")]
    public Task A_private_variable_gets_the_type_of_what_is_put_into_it(string before, string after) => new Fixing<SwapReluCodeFixProvider>(Id).Check(
        Module(before), Module(after, isSwapped: true).Replace("using TorchSharp;\n", "using Helu.Modules;\nusing TorchSharp;\n", StringComparison.Ordinal));

    [Fact]
    public Task A_local_gets_the_type_of_what_is_put_into_it() => new Fixing<SwapReluCodeFixProvider>(Id).Check(
        "using TorchSharp.Modules;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\nclass A { Tensor F(Tensor x) { using ReLU act = [|ReLU()|]; return act.call(x); } }",
        "using Helu.Modules;\nusing TorchSharp.Modules;\nusing static Helu.TorchExtensions;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n"
        + "class A { Tensor F(Tensor x) { using HeLU act = HeLU(); return act.call(x); } }");

    [Theory]
    [InlineData("    public ReLU net = [|ReLU()|];")]
    [InlineData("    public ReLU net { get; } = [|ReLU()|];")]
    [InlineData("    private readonly List<ReLU> all = new() { [|ReLU()|] }; Module<Tensor, Tensor> net => all[0];")]
    [InlineData("    private readonly Linear net = [|Linear(8, 4)|];")]
    [InlineData("    private readonly Module<Tensor, Tensor> net = [|Helu.TorchExtensions.HeLU()|];")]
    public Task Not_offered_where_the_type_is_seen_outside_or_stays(string member) => new Fixing<SwapReluCodeFixProvider>(Id).CheckNotOffered(Module(member));

    [Fact]
    public Task Not_offered_without_the_runtime_package() =>
        new Fixing<SwapReluCodeFixProvider>(Id) { Packages = [Programs.TorchSharpPackage, Programs.AbstractionsPackage] }
            .CheckNotOffered(Module("    private readonly Sequential net = Sequential(Linear(8, 4), [|ReLU()|]);"), Function("[|x.relu()|]", "using static TorchSharp.torch;\n"));

    [Fact]
    public Task What_is_imported_already_is_not_imported_again() => new Fixing<SwapReluCodeFixProvider>(Id).CheckAll(
        FixAllScope.Document,
        [["namespace Helu.Extras;\nusing static TorchSharp.torch;\nclass A { Tensor F(Tensor x) => [|x.relu()|] + [|relu(x)|]; }", "global using static Helu.TorchExtensions;\nglobal using static TorchSharp.torch.nn.functional;\n"]],
        [["namespace Helu.Extras;\nusing static TorchSharp.torch;\nclass A { Tensor F(Tensor x) => x.helu() + helu(x); }", "global using static Helu.TorchExtensions;\nglobal using static TorchSharp.torch.nn.functional;\n"]]);

    [Theory]
    [InlineData("// licence\n\nclass A", "// licence\n\nusing Helu;\n\nclass A")]
    [InlineData("/// <summary>A.</summary>\nclass A", "using Helu;\n\n/// <summary>A.</summary>\nclass A")]
    [InlineData("// licence\nusing System;\n// ours\nusing System.Linq;\n\nclass A", "// licence\nusing System;\n// ours\nusing System.Linq;\nusing Helu;\n\nclass A")]
    [InlineData("// licence\nusing TorchSharp;\nclass A", "// licence\nusing Helu;\nusing TorchSharp;\nclass A")]
    [InlineData("using System;\r\nusing N = System.Net;\r\nclass A", "using System;\r\nusing Helu;\r\nusing N = System.Net;\r\nclass A")]
    [InlineData("namespace A.B\n{\n    using System;\n    using TorchSharp;\n    class A", "namespace A.B\n{\n    using System;\n    using Helu;\n    using TorchSharp;\n    class A")]
    public Task Usings_stand_where_the_file_keeps_its_own(string before, string after)
    {
        string close = before.StartsWith("namespace", StringComparison.Ordinal) ? " }" : "";
        return new Fixing<SwapReluCodeFixProvider>(Id).Check(
            before + " { object F(TorchSharp.torch.Tensor x) => [|x.relu()|]; }" + close, after + " { object F(TorchSharp.torch.Tensor x) => x.helu(); }" + close);
    }

    [Fact]
    public Task All_of_a_document_are_swapped_nested_ones_too() => new Fixing<SwapReluCodeFixProvider>(Id).CheckDocument(
        Function("[|relu([|relu([|[|x.relu()|].relu()|] + 1)|])|]", "using static TorchSharp.torch;\nusing static TorchSharp.torch.nn.functional;\n"),
        Function("helu(helu(x.helu().helu() + 1))", "using Helu;\nusing static Helu.TorchExtensions;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn.functional;\n"));

    [Theory]
    [InlineData(FixAllScope.Document, 1, 0)]
    [InlineData(FixAllScope.Project, 2, 0)]
    [InlineData(FixAllScope.Solution, 2, 2)]
    public Task All_of_a_scope_are_swapped(FixAllScope scope, int inFirstProject, int inSecond)
    {
        string[] before = [Function("[|x.relu()|]", "using static TorchSharp.torch;\n", "A"), Function("[|x.relu()|]", "using static TorchSharp.torch;\n", "B")];
        string[] unchanged = [Function("x.relu()", "using static TorchSharp.torch;\n", "A"), Function("x.relu()", "using static TorchSharp.torch;\n", "B")];
        string[] swapped = [Function("x.helu()", "using Helu;\nusing static TorchSharp.torch;\n", "A"), Function("x.helu()", "using Helu;\nusing static TorchSharp.torch;\n", "B")];
        return new Fixing<SwapReluCodeFixProvider>(Id).CheckAll(
            scope, [before, before], [[.. swapped[..inFirstProject], .. unchanged[inFirstProject..]], [.. swapped[..inSecond], .. unchanged[inSecond..]]]);
    }

    [Fact]
    public Task All_those_that_compile_are_swapped() => new Fixing<SwapReluCodeFixProvider>(Id).CheckDocument(
        Module("    public readonly ReLU open = [|ReLU()|];\n    private readonly Sequential net = Sequential([|ReLU()|]);"),
        Module("    public readonly ReLU open = ReLU();\n    private readonly Sequential net = Sequential(HeLU());", isSwapped: true));

    [Fact]
    public async Task The_title_says_what_changes() =>
        Assert.Equal(["Swap this ReLU for HeLU (its gradient reaches 0.05 below zero)"], await new Fixing<SwapReluCodeFixProvider>("HELU1001").Titles(Function("[|x.relu()|]", "using static TorchSharp.torch;\n")));

    private static string Function(string value, string usings, string type = "A") => $"{usings}\nclass {type}\n{{\n    Tensor F(Tensor x) => {value};\n}}\n";

    private static string Module(string member, bool isSwapped = false) =>
        $$"""
        using System.Collections.Generic;
        using TorchSharp;
        using TorchSharp.Modules;
        {{(isSwapped ? "using static Helu.TorchExtensions;\n" : "")}}using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        class Net : Module<Tensor, Tensor>
        {
        {{member}}

            public Net() : base("Net")
            {
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => net.call(x);
        }

        """;
}
