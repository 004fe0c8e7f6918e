using Helu.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace Helu.Generators.Tests;

/// <summary>A model whose constructor is made of constants can be loaded from its state dict alone.</summary>
public class StructureTests
{
    private const string Forward = "public override Tensor forward(Tensor x) => ";

    /// <summary>Members of a model, the shape of an input, and what follows the class.</summary>
    public static TheoryData<string, long[], string> Models => new()
    {
        { "private readonly Linear fc1 = Linear(6, 8), fc2 = Linear(2 * 4, 3, hasBias: false); public Net() : base(\"\") => RegisterComponents(); " + Forward + "fc2.call(fc1.call(x).relu());", [6], "" },
        {
            """
            private const int Channels = 4;
            private readonly Sequential features, head;
            private readonly Module<Tensor, Tensor> pool;
            public Net(string name = "net", Device? device = null) : base(name)
            {
                int hidden = Channels * 2;
                features = Sequential(
                    ("conv", Conv2d(3, Channels, 3, padding: 1, bias: false)), ("norm", BatchNorm2d(Channels)), ("act", ReLU(inplace: true)),
                    ("conv2", Conv2d(Channels, hidden, (3, 1), stride: (2, 1))), ("drop", Dropout2d(0.3)));
                pool = AdaptiveAvgPool2d(1);
                head = Sequential(Flatten(), Linear(hidden, 5), ReLU(), Dropout(), Linear(in5(5), 2));
                RegisterComponents();
                if (device is not null)
                    this.to(device);
            }
            """.Replace("in5(5)", "hidden - 3", StringComparison.Ordinal) + Forward + "head.call(pool.call(features.call(x)));",
            [3, 8, 8],
            ""
        },
        {
            """
            private readonly Block first, second;
            private readonly ModuleList<Module<Tensor, Tensor>> last = ModuleList<Module<Tensor, Tensor>>(LayerNorm(6), GELU());
            private double Scale { get; } = 0.5;
            public Net() : base("")
            {
                first = new Block(6, 6, residual: true);
                second = new(6, residual: 1 > 2, output: 8 - 2);
                RegisterComponents();
            }
            """ + Forward + "last[1].call(last[0].call(second.call(first.call(x)))) * Scale;",
            [6],
            """
            [Activation(Kind.LeakyReLU, Slope = 0.4)]
            class Block : Base
            {
                private readonly Linear? shortcut;
                private readonly bool residual;
                public Block(long input, long output, bool residual = false) : base(input, 7, "block")
                {
                    this.residual = residual;
                    out_ = Linear(7, output);
                    shortcut = residual ? null : Linear(input, output);
                    RegisterComponents();
                }
                private readonly Linear out_;
                public override Tensor forward(Tensor x)
                {
                    var y = out_.call(hidden.call(x).relu());
                    if (residual) return x + y;
                    return (shortcut?.call(x) ?? x) + y;
                }
            }
            abstract class Base(long input, long width, string name) : Module<Tensor, Tensor>(name)
            {
                protected readonly Linear hidden = Linear(input, width);
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void ItIsLoadedFromItsStateDict(string members, long[] shape, string more)
    {
        random.manual_seed(5);
        using var program = new InferenceProgram(Source(members) + more, "Net");
        using nn.Module net = program.Create("Net", members.Contains("Net(string", StringComparison.Ordinal) ? ["net", null] : []);
        program.Train(net, batch => [randn([batch, .. shape])]);
        program.AssertLoads(net, batch => [randn([batch, .. shape])], 1, 3);
    }

    /// <summary>Members of a model, and what is said of them.</summary>
    public static TheoryData<string, string> Others => new()
    {
        { "private readonly Linear fc; public Net(long width) : base(\"\") { fc = Linear(width, 2); RegisterComponents(); } " + Forward + "fc.call(x);", "'width' of Net's constructor" },
        { "private readonly Linear fc; public Net() : base(\"\") { fc = Linear(Environment.ProcessorCount, 2); } " + Forward + "fc.call(x);", "'Environment.ProcessorCount' in the constructor of Net" },
        { "private readonly Sequential s; public Net() : base(\"\") { var list = new List<Module<Tensor, Tensor>>(); for (int i = 0; i < 2; i++) list.Add(Linear(2, 2)); s = Sequential(list); } " + Forward + "s.call(x);", "'for (int i = 0; i < 2; i++) list.Add(Linear(2, 2));' in the constructor of Net" },
        { "private readonly Linear fc = Make(); static Linear Make() => Linear(2, 2); public Net() : base(\"\") { } " + Forward + "fc.call(x);", "'Make()' in fc" },
        { "private readonly Linear fc = Linear(2, 2); public Net() : base(\"\") { } public Net(int n) : base(\"\") { } " + Forward + "fc.call(x);", "Net has 2 constructors" },
        { "private Linear fc; public Net() : base(\"\") { } " + Forward + "fc.call(x);", "'fc' of Net, which its constructor does not set" },
        { "private readonly Linear a, b; public Net() : base(\"\") { a = Linear(2, 2); b = a; } " + Forward + "b.call(a.call(x));", "'b' of Net, whose module stands in another place too" },
        { "private readonly Conv2d c = Conv2d(2, 2, 3, padding_mode: PaddingModes.Reflect); public Net() : base(\"\") { } " + Forward + "c.call(x);", "'PaddingModes.Reflect' in c" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void WhatIsNotAConstantIsNamed(string members, string fault)
    {
        var driver = Programs.Driver().RunGenerators(Programs.Compilation(Source(members)));
        string text = driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()).Single(file => file.Contains("NoStructure", StringComparison.Ordinal));
        Assert.Contains($"NoStructure = \"{fault}\",\n", text, StringComparison.Ordinal);
    }

    private static string Source(string members) => Programs.Usings + "[Activation(Kind.LeakyReLU, Slope = 0.3)] public partial class Net : Module<Tensor, Tensor> { " + members + " } ";
}
