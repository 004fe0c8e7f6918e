using Helu.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The fix that sets a bias to zero where it was given a negative constant.</summary>
public class ZeroBiasTests
{
    private static readonly Fixing<ZeroBiasCodeFixProvider> s_fix = new("HELU1003");

    [Theory]
    [InlineData("[|init.constant_(fc.bias!, -1)|];", "init.zeros_(fc.bias!);")]
    [InlineData("[|init.constant_(fc.bias, -1)|];", "init.zeros_(fc.bias!);")]
    [InlineData("[|nn.init.constant_(val: -0.5, tensor: fc.bias!)|];", "init.zeros_(fc.bias!);")]
    [InlineData("[|init.ones_(fc.bias!).neg_()|];", "init.zeros_(fc.bias!);")]
    [InlineData("init.ones_(fc.bias!)[|.neg_()|];", "init.zeros_(fc.bias!);", "[|init.ones_(fc.bias!)|].neg_();")]
    [InlineData("[|fc.bias!.fill_(-0.5)|];", "fc.bias!.fill_(0);")]
    [InlineData("[|fc.bias!.detach().fill_(-0.5)|];", "fc.bias!.detach().fill_(0);")]
    [InlineData("[|fc.bias!.zero_().sub_(1)|];", "fc.bias!.zero_();")]
    [InlineData("[|fc.bias!.zero_()|].add_(-1);", "fc.bias!.zero_();")]
    [InlineData("[|fc.bias!.sub_(1)|];", "fc.bias!.zero_();")]
    [InlineData("[|fc.bias!.fill_(1).neg_()|];", "fc.bias!.fill_(0);")]
    [InlineData("[|fc.bias = Parameter(full(4, -1f))|];", "init.zeros_(fc.bias!);")]
    [InlineData("fc.bias = [|Parameter(full(4, -1f))|];", "init.zeros_(fc.bias!);")]
    [InlineData("fc.bias = Parameter([|ones(4)|] * -1f);", "init.zeros_(fc.bias!);")]
    [InlineData("// low\nusing (no_grad()) [|fc.bias!.fill_(-1)|]; // very", "// low\nusing (no_grad()) fc.bias!.fill_(0); // very")]
    [InlineData("var bias = fc.bias!; [|bias.fill_(-1)|];", "var bias = fc.bias!; bias.fill_(0);")]
    [InlineData("apply(m => { if (m is Linear linear) [|init.constant_(linear.bias!, -1)|]; });", "apply(m => { if (m is Linear linear) init.zeros_(linear.bias!); });")]
    public Task The_bias_becomes_zero(string before, string after, string? marked = null) => s_fix.Check(Net(marked ?? before), Net(after));

    [Fact]
    public Task Init_is_spelled_as_the_file_allows() => s_fix.Check(
        "class A { void F(TorchSharp.Modules.Linear fc) => [|TorchSharp.torch.nn.init.constant_(fc.bias!, -1)|]; }",
        "class A { void F(TorchSharp.Modules.Linear fc) => TorchSharp.torch.nn.init.zeros_(fc.bias!); }");

    [Fact]
    public Task Outside_of_nullable_code_no_null_is_waved_away() => s_fix.Check(
        "#nullable disable\n" + Net("[|fc.bias = Parameter(full(4, -1f))|];"), "#nullable disable\n" + Net("init.zeros_(fc.bias);"));

    [Theory]
    [InlineData("[|init.constant_(fc.weight, -1)|];")]
    [InlineData("foreach (var p in parameters()) [|p.fill_(-1)|];")]
    [InlineData("var low = [|full(4, -1f)|]; fc.bias = Parameter(low);")]
    public Task Not_offered_for_what_is_not_seen_to_be_a_bias(string build) => s_fix.CheckNotOffered(Net(build));

    [Fact]
    public Task All_of_a_document_become_zero() => s_fix.CheckDocument(
        Net("[|init.constant_(fc.bias!, -1)|]; [|fc.bias!.fill_(-1)|];\n[|fc.bias!.zero_()|].sub_(1);"), Net("init.zeros_(fc.bias!); fc.bias!.fill_(0);\nfc.bias!.zero_();"));

    [Theory]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task All_of_a_project_become_zero(FixAllScope scope) => s_fix.CheckAll(
        scope,
        [[Net("[|fc.bias!.fill_(-1)|];"), Net("[|fc.bias!.fill_(-2)|];").Replace("Net", "Other", StringComparison.Ordinal)]],
        [[Net("fc.bias!.fill_(0);"), Net("fc.bias!.fill_(0);").Replace("Net", "Other", StringComparison.Ordinal)]]);

    [Fact]
    public async Task The_title_says_what_changes() => Assert.Equal(["Set the bias to zero"], await s_fix.Titles(Net("[|fc.bias!.fill_(-1)|];")));

    private static string Net(string build) =>
        $$"""
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(8, 4);

            public Net() : base("Net")
            {
                {{build}}
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.call(x).relu();
        }

        """;
}
