using Helu.Analyzers.Tests.Harness;
using Helu.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The fix that puts [Activation(Kind.HeLU)] on the class whose code holds the ReLU.</summary>
public class TrainWithHeluTests
{
    private const string Usings = "using static TorchSharp.torch;\n";

    private const string Fixed = "using Helu;\nusing static TorchSharp.torch;\n";

    private static readonly Fixing<TrainWithHeluCodeFixProvider> s_fix = new("HELU1002");

    [Theory]
    [InlineData("class Net", "[Activation(Kind.HeLU)]\nclass Net")]
    [InlineData("// a comment\n/// <summary>A net.</summary>\npublic static class Net", "// a comment\n/// <summary>A net.</summary>\n[Activation(Kind.HeLU)]\npublic static class Net")]
    [InlineData("/// <summary>A net.</summary>\n[System.Obsolete] // soon\npublic class Net", "/// <summary>A net.</summary>\n[System.Obsolete] // soon\n[Activation(Kind.HeLU)]\npublic class Net")]
    [InlineData("#nullable enable\npublic struct Net", "#nullable enable\n[Activation(Kind.HeLU)]\npublic struct Net")]
    [InlineData("sealed record Net", "[Activation(Kind.HeLU)]\nsealed record Net")]
    public Task The_attribute_stands_on_a_line_of_its_own_above_the_class(string before, string after) =>
        s_fix.Check(Usings + before + " { Tensor F(Tensor x) => [|x.relu()|]; }".Replace("Tensor F", before.Contains("static", StringComparison.Ordinal) ? "static Tensor F" : "Tensor F", StringComparison.Ordinal),
            Fixed + after + " { Tensor F(Tensor x) => x.relu(); }".Replace("Tensor F", before.Contains("static", StringComparison.Ordinal) ? "static Tensor F" : "Tensor F", StringComparison.Ordinal));

    [Fact]
    public Task The_class_is_the_one_that_holds_the_code() => s_fix.Check(
        Usings + "namespace Models\n{\n    class Outer\n    {\n        private class Block\n        {\n            Tensor F(Tensor x) => [|x.relu()|];\n        }\n    }\n}\n",
        Fixed + "namespace Models\n{\n    class Outer\n    {\n        [Activation(Kind.HeLU)]\n        private class Block\n        {\n            Tensor F(Tensor x) => x.relu();\n        }\n    }\n}\n");

    [Fact]
    public Task A_class_on_the_line_of_another_is_found() => s_fix.Check(
        Usings + "class Other; class Net { object F() { var net = nn.Sequential(nn.Linear(2, 2), [|nn.ReLU()|]); return net; } }",
        Fixed + "class Other; [Activation(Kind.HeLU)]\nclass Net { object F() { var net = nn.Sequential(nn.Linear(2, 2), nn.ReLU()); return net; } }");

    [Fact]
    public Task The_ReLU_counts_not_where_the_rule_reports() => s_fix.CheckAll(
        FixAllScope.Document,
        [["class Training { object rate = [|0.5|]; }", Usings + "class Net { Tensor F(Tensor x) => {|x.relu()|}; }"]],
        [["class Training { object rate = 0.5; }", Fixed + "[Activation(Kind.HeLU)]\nclass Net { Tensor F(Tensor x) => x.relu(); }"]]);

    [Theory]
    [InlineData("[Activation(Kind.ReLU)] class Net { Tensor F(Tensor x) => [|x.relu()|]; }")]
    [InlineData("class Net { [Activation(Kind.GELU)] Tensor F(Tensor x) => [|x.relu()|]; }")]
    [InlineData("class Net { [Activation(Kind.GELU)] Tensor F => [|ones(1).relu()|]; }")]
    [InlineData("class Net { [Activation(Kind.GELU)] Tensor f = [|ones(1).relu()|]; }")]
    [InlineData("[Activation(Kind.ReLU)] class Outer { class Net { Tensor F(Tensor x) => [|x.relu()|]; } }")]
    [InlineData("[assembly: Activation(Kind.HeLU)] class Net { Tensor F(Tensor x) => [|x.relu()|]; }")]
    [InlineData("interface INet { Tensor F(Tensor x) => [|x.relu()|]; }")]
    [InlineData("class Net { enum Kind { None } Tensor F(Tensor x) => [|x.relu()|]; } class Kind { }")]
    public Task Not_offered_where_an_attribute_speaks_or_would_not_compile(string source) => s_fix.CheckNotOffered("using Helu;\n" + Usings + source);

    [Fact]
    public Task Not_offered_at_the_top_level() => s_fix.CheckNotOffered("// top level\n" + Usings + "var y = [|ones(1).relu()|];\n");

    [Fact]
    public async Task Not_offered_without_the_packages()
    {
        string source = Usings + "class Net { Tensor F(Tensor x) => [|x.relu()|]; }";
        await new Fixing<TrainWithHeluCodeFixProvider>("HELU1001") { Packages = [Programs.TorchSharpPackage] }.CheckNotOffered(source);
        await new Fixing<TrainWithHeluCodeFixProvider>("HELU1001") { Packages = [Programs.TorchSharpPackage, Programs.AbstractionsPackage] }.CheckNotOffered(source);
    }

    [Fact]
    public Task Several_findings_in_a_class_make_one_attribute() => s_fix.CheckDocument(
        Usings + "class A\n{\n    Tensor F(Tensor x) => [|x.relu()|] + [|x.relu_()|];\n    class B { Tensor F(Tensor x) => [|x.relu()|]; }\n}\nclass C { Tensor F(Tensor x) => [|x.relu()|]; }",
        Fixed + "[Activation(Kind.HeLU)]\nclass A\n{\n    Tensor F(Tensor x) => x.relu() + x.relu_();\n    [Activation(Kind.HeLU)]\n    class B { Tensor F(Tensor x) => x.relu(); }\n}\n[Activation(Kind.HeLU)]\nclass C { Tensor F(Tensor x) => x.relu(); }");

    [Theory]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task The_parts_of_a_class_get_one_attribute(FixAllScope scope) => s_fix.CheckAll(
        scope,
        [[Usings + "partial class Net { Tensor F(Tensor x) => [|x.relu()|]; }", Usings + "partial class Net { Tensor G(Tensor x) => [|x.relu()|]; }"]],
        [[Fixed + "[Activation(Kind.HeLU)]\npartial class Net { Tensor F(Tensor x) => x.relu(); }", Usings + "partial class Net { Tensor G(Tensor x) => x.relu(); }"]]);

    [Fact]
    public async Task The_title_names_the_class() =>
        Assert.Equal(["Train every ReLU of 'Net' as HeLU ([Activation(Kind.HeLU)])"], await s_fix.Titles(Usings + "class Net { Tensor F(Tensor x) => [|x.relu()|]; }"));
}
