using Helu.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>The fix that initialises layers for ReLU: a loop in the constructor of a model, one after a Sequential, or the one weight.</summary>
public class InitialiseWithKaimingTests
{
    private static readonly Fixing<InitialiseWithKaimingCodeFixProvider> s_fix = new("HELU1002");

    private static readonly Fixing<InitialiseWithKaimingCodeFixProvider> s_weights = new("HELU1004");

    private const string Loop =
        """
                foreach (var module in modules())
                {
                    if (module is Linear linear)
                    {
                        init.kaiming_uniform_(linear.weight, nonlinearity: init.NonlinearityType.ReLU);
                        if (linear.bias is not null)
                            init.zeros_(linear.bias);
                    }
                }

        """;

    [Theory]
    [InlineData("    public Net() : base(\"Net\")\n    {\n        RegisterComponents();\n    }\n", "    public Net() : base(\"Net\")\n    {\n        RegisterComponents();\n" + Loop + "    }\n")]
    [InlineData("    public Net() : base(\"Net\")\n    {\n        this.RegisterComponents(); // all\n        train();\n    }\n", "    public Net() : base(\"Net\")\n    {\n        this.RegisterComponents(); // all\n" + Loop + "        train();\n    }\n")]
    [InlineData("    public Net() : base(\"Net\")\n    {\n        register_module(\"fc\", fc);\n    }\n", "    public Net() : base(\"Net\")\n    {\n        register_module(\"fc\", fc);\n" + Loop + "    }\n")]
    [InlineData("    // builds\n    public Net() : base(\"Net\") => RegisterComponents(); // all\n", "    // builds\n    public Net() : base(\"Net\")\n    {\n        RegisterComponents();\n" + Loop + "    } // all\n")]
    [InlineData("    public Net() : base(\"Net\") { train(); RegisterComponents(); }\n", "    public Net() : base(\"Net\")\n    {\n        train();\n        RegisterComponents();\n" + Loop + "    }\n")]
    [InlineData("    public Net(int _) : this() => train();\n    static Net() => manual_seed(1);\n    public Net() : base(\"Net\") => RegisterComponents();\n",
        "    public Net(int _) : this() => train();\n    static Net() => manual_seed(1);\n    public Net() : base(\"Net\")\n    {\n        RegisterComponents();\n" + Loop + "    }\n")]
    public Task A_model_is_initialised_where_its_layers_are_registered(string before, string after) => s_fix.Check(Net(before), Net(after));

    [Fact]
    public Task Outside_of_nullable_code_a_bias_that_is_there_is_not_asked_for() => s_fix.Check(
        "#nullable disable\n" + Net("    public Net() : base(\"Net\") => RegisterComponents();\n"),
        "#nullable disable\n" + Net("    public Net() : base(\"Net\")\n    {\n        RegisterComponents();\n" + Loop + "    }\n")
            .Replace("                if (linear.bias is not null)\n                    init", "                init", StringComparison.Ordinal));

    [Fact]
    public Task Each_kind_of_layer_that_the_model_and_its_blocks_make_is_initialised() => s_fix.Check(
        """
        using TorchSharp;
        using static TorchSharp.torch;

        class Block : nn.Module<Tensor, Tensor>
        {
            private readonly nn.Module<Tensor, Tensor> up = nn.ConvTranspose2d(8, 8, 2);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => up.call(x).relu();
        }

        class Net : nn.Module<Tensor, Tensor>
        {
        	private readonly nn.Module<Tensor, Tensor> conv = nn.Conv2d(3, 8, 3, bias: false);
        	private readonly nn.Module<Tensor, Tensor> block = new Block();
        	private readonly nn.Module<Tensor, Tensor> linear = nn.Linear(8, 1);

        	public Net() : base("Net")
        	{
        		RegisterComponents();
        	}

        	public override Tensor forward(Tensor x) => linear.call(block.call([|conv.call(x).relu()|]));
        }

        """,
        """
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        class Block : nn.Module<Tensor, Tensor>
        {
            private readonly nn.Module<Tensor, Tensor> up = nn.ConvTranspose2d(8, 8, 2);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => up.call(x).relu();
        }

        class Net : nn.Module<Tensor, Tensor>
        {
        	private readonly nn.Module<Tensor, Tensor> conv = nn.Conv2d(3, 8, 3, bias: false);
        	private readonly nn.Module<Tensor, Tensor> block = new Block();
        	private readonly nn.Module<Tensor, Tensor> linear = nn.Linear(8, 1);

        	public Net() : base("Net")
        	{
        		RegisterComponents();
        		foreach (var module in modules())
        		{
        			if (module is Conv2d conv2d)
        			{
        				nn.init.kaiming_uniform_(conv2d.weight, nonlinearity: nn.init.NonlinearityType.ReLU);
        				if (conv2d.bias is not null)
        					nn.init.zeros_(conv2d.bias);
        			}
        			else if (module is ConvTranspose2d convTranspose2d)
        			{
        				nn.init.kaiming_uniform_(convTranspose2d.weight, nonlinearity: nn.init.NonlinearityType.ReLU);
        				if (convTranspose2d.bias is not null)
        					nn.init.zeros_(convTranspose2d.bias);
        			}
        			else if (module is Linear linear2)
        			{
        				nn.init.kaiming_uniform_(linear2.weight, nonlinearity: nn.init.NonlinearityType.ReLU);
        				if (linear2.bias is not null)
        					nn.init.zeros_(linear2.bias);
        			}
        		}
        	}

        	public override Tensor forward(Tensor x) => linear.call(block.call(conv.call(x).relu()));
        }

        """);

    [Theory]
    [InlineData("var net = Sequential(Linear(8, 4), [|ReLU()|], Linear(4, 1));\n", "var net = Sequential(Linear(8, 4), ReLU(), Linear(4, 1));\n")]
    [InlineData("using Sequential net = Sequential((\"fc\", Linear(8, 4)), (\"act\", [|ReLU()|])); // small\n", "using Sequential net = Sequential((\"fc\", Linear(8, 4)), (\"act\", ReLU())); // small\n")]
    [InlineData("var layers = new List<Module<Tensor, Tensor>>();\nlayers.Add(Linear(8, 4));\nlayers.Add([|ReLU()|]);\nvar net = Sequential(layers);\n", "var layers = new List<Module<Tensor, Tensor>>();\nlayers.Add(Linear(8, 4));\nlayers.Add(ReLU());\nvar net = Sequential(layers);\n")]
    [InlineData("Module<Tensor, Tensor>[] layers = [Linear(8, 4), [|ReLU()|]];\nvar net = Sequential(layers);\n", "Module<Tensor, Tensor>[] layers = [Linear(8, 4), ReLU()];\nvar net = Sequential(layers);\n")]
    public async Task A_Sequential_is_initialised_after_its_declaration(string before, string after)
    {
        const string Usings = "// top level\nusing System.Collections.Generic;\nusing TorchSharp.Modules;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n\n";
        const string Rest = "var y = net.call(ones(8));\n";
        string loop = Loop.Replace("modules()", "net.modules()", StringComparison.Ordinal);
        await s_fix.Check(Usings + before + Rest, Usings + after + loop.Replace("\n        ", "\n", StringComparison.Ordinal)[8..] + Rest);
        await s_fix.Check(Function(Usings, before + Rest), Function(Usings, after + "LOOP" + Rest).Replace("        LOOP", loop + "        ", StringComparison.Ordinal));

        static string Function(string usings, string code) =>
            usings.Replace("// top level\n", "", StringComparison.Ordinal) + "class A\n{\n    void F()\n    {\n        " + code.TrimEnd().Replace("\n", "\n        ", StringComparison.Ordinal) + "\n    }\n}\n";
    }

    [Theory]
    [InlineData("[|init.zeros_(fc.weight)|];", "init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU);")]
    [InlineData("[|init.constant_(fc.weight, 0.1)|]; // small", "init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU); // small")]
    [InlineData("[|fc.weight.fill_(0.5)|];", "init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU);")]
    [InlineData("[|fc.weight.detach().zero_()|];", "init.kaiming_uniform_(fc.weight.detach(), nonlinearity: init.NonlinearityType.ReLU);")]
    [InlineData("using (no_grad()) { [|fc.weight.zero_()|].add_(1); }", "using (no_grad()) { init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU); }")]
    [InlineData("fc.weight = [|Parameter(zeros(4, 8))|];", "init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU);")]
    [InlineData("apply(m => { if (m is Linear linear) [|init.zeros_(linear.weight)|]; });", "apply(m => { if (m is Linear linear) init.kaiming_uniform_(linear.weight, nonlinearity: init.NonlinearityType.ReLU); });")]
    public Task Constant_weights_are_initialised_where_they_were_set(string before, string after) => s_weights.Check(Built(before), Built(after));

    [Fact]
    public Task The_weight_of_a_normalisation_becomes_one() => s_weights.Check(
        Built("var norm = BatchNorm1d(4); [|init.zeros_(norm.weight)|];"), Built("var norm = BatchNorm1d(4); init.ones_(norm.weight);"));

    [Theory]
    [InlineData("foreach (var p in parameters()) [|init.zeros_(p)|];")]
    [InlineData("own = [|Parameter(zeros(4, 8))|];")]
    [InlineData("[|init.zeros_(fc.bias!)|];")]
    public Task Not_offered_for_what_may_be_no_weight_of_a_layer(string build) => s_weights.CheckNotOffered(Built(build));

    [Fact]
    public async Task Not_offered_where_no_layer_or_constructor_is_seen()
    {
        await s_fix.CheckNotOffered(Net(""));
        await s_fix.CheckNotOffered(Net("    public Net() : base(\"Net\") => RegisterComponents();\n").Replace("= Linear(8, 4)", "= null!", StringComparison.Ordinal));
        await s_fix.CheckNotOffered("using static TorchSharp.torch;\nclass A { object F() => nn.Sequential(nn.Linear(8, 4), [|nn.ReLU()|]); Tensor G(Tensor x) => [|x.relu()|]; }");
    }

    [Fact]
    public Task Several_findings_in_a_class_make_one_loop() => s_fix.CheckDocument(
        Net("    public Net() : base(\"Net\") => RegisterComponents();\n\n    private Tensor Again(Tensor x) => [|[|x.relu()|].relu()|];\n"),
        Net("    public Net() : base(\"Net\")\n    {\n        RegisterComponents();\n" + Loop + "    }\n\n    private Tensor Again(Tensor x) => x.relu().relu();\n"));

    [Theory]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public Task All_of_a_project_are_initialised(FixAllScope scope)
    {
        string before = Built("[|init.zeros_(fc.weight)|];");
        string after = Built("init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU);");
        return s_weights.CheckAll(
            scope, [[before, before.Replace("Net", "Other", StringComparison.Ordinal)]], [[after, after.Replace("Net", "Other", StringComparison.Ordinal)]]);
    }

    [Fact]
    public async Task The_titles_say_what_changes()
    {
        Assert.Equal(["Initialise the layers with Kaiming (He) and zero biases"], await s_fix.Titles(Net("    public Net() : base(\"Net\") => RegisterComponents();\n")));
        Assert.Equal(["Initialise these weights with Kaiming (He)"], await s_weights.Titles(Built("[|init.zeros_(fc.weight)|];")));
    }

    private static string Built(string build) => Net($"    private TorchSharp.Modules.Parameter own = null!;\n\n    public Net() : base(\"Net\")\n    {{\n        RegisterComponents();\n        {build}\n    }}\n", "fc.call(x).relu()");

    private static string Net(string members, string forward = "[|fc.call(x).relu()|]") =>
        $$"""
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(8, 4);

        {{members}}
            public override Tensor forward(Tensor x) => {{(members.Contains("Loop", StringComparison.Ordinal) || members.Contains("kaiming", StringComparison.Ordinal) ? "fc.call(x).relu()" : forward)}};
        }

        """;
}
