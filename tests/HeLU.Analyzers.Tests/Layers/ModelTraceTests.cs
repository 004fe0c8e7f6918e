extern alias compiler;

using compiler::Helu.ModelReading.Layers;
using Helu.Analyzers.Tests.Harness;

namespace Helu.Analyzers.Tests.Layers;

/// <summary>A model class is traced to the layers that its forward runs.</summary>
public class ModelTraceTests
{
    [Theory]
    [InlineData("relu(fc1.call(x))")]
    [InlineData("nn.functional.relu(fc1.call(x))")]
    [InlineData("fc1.call(x).relu()")]
    [InlineData("fc1.call(x).relu_()")]
    [InlineData("fc1.call(x)?.relu()")]
    [InlineData("act.call(fc1.call(x))")]
    [InlineData("act.forward(fc1.forward(x))")]
    [InlineData("stack.call(x)")]
    [InlineData("list[1].call(list[0].call(x))")]
    [InlineData("Hidden(x, fc1)")]
    [InlineData("new Func<Tensor, Tensor>(t => relu(t))(fc1.call(x))")]
    public void Each_form_of_ReLU_is_a_layer(string hidden)
    {
        string source = Net(
            """
            private readonly Linear fc1 = Linear(784, 256), fc2 = Linear(256, 10);
            private readonly ReLU act = ReLU();
            private readonly Module<Tensor, Tensor> stack = Sequential(("fc", Linear(784, 256)), ("act", ReLU()));
            private readonly ModuleList<Module<Tensor, Tensor>> list = ModuleList<Module<Tensor, Tensor>>(Linear(784, 256), ReLU());
            private static Tensor Hidden(Tensor x, Linear fc) => relu(fc.call(x));
            """,
            $"return fc2.call({hidden});");

        Trace trace = LayerTraces.OfModel(source);

        Assert.Equal("Linear(784,256) ReLU Linear(256,10)", LayerTraces.Words(trace));
        Assert.Equal(LayerKind.Linear, Assert.Single(Assert.Single(trace.Models).Outputs).Kind);
        Assert.True(trace.IsComplete);
    }

    [Fact]
    public void A_ReLU_in_place_on_a_variable_is_what_the_variable_holds_then()
    {
        string source = Net("private readonly Linear fc = Linear(4, 4);", "x = fc.call(x); x.relu_(); functional.relu(x, inplace: true); return x;");

        Assert.Equal("Linear(4,4) ReLU ReLU", LayerTraces.Words(LayerTraces.OfModel(source).Models[0].Layers));
        Assert.Equal(LayerKind.ReLU, LayerTraces.OfModel(source).Models[0].Outputs[0].Kind);
    }

    [Fact]
    public void Loops_in_the_constructor_build_as_many_layers_as_they_run()
    {
        const string Members =
            """
            private readonly Sequential layers;
            public Net(int depth, int width) : base("Net")
            {
                var modules = new List<Module<Tensor, Tensor>>();
                int features = 10;
                for (int i = 0; i < depth; i++)
                {
                    modules.Add(Linear(features, width));
                    if (i < depth - 1)
                        modules.Add(ReLU());
                    features = width;
                }
                layers = Sequential(modules);
                RegisterComponents();
            }
            public override Tensor forward(Tensor x) => layers.call(x);
            """;

        Assert.Equal("Linear(10,8) ReLU Linear(8,8) ReLU Linear(8,8)", LayerTraces.Words(LayerTraces.OfModel(Class(Members), arguments: [3, 8])));
    }

    [Fact]
    public void A_loop_of_unknown_length_leaves_what_it_builds_unknown()
    {
        const string Members =
            """
            private readonly Sequential layers;
            public Net(int depth) : base("Net")
            {
                var modules = new List<Module<Tensor, Tensor>>();
                for (int i = 0; i < depth; i++)
                    modules.Add(Linear(8, 8));
                layers = Sequential(modules);
                RegisterComponents();
            }
            public override Tensor forward(Tensor x) => layers.call(x);
            """;

        Assert.Equal(LayerKind.Unknown, LayerTraces.OfModel(Class(Members)).Models[0].Outputs[0].Kind);
    }

    [Fact]
    public void Widths_come_from_arrays_constants_fields_and_LINQ()
    {
        const string Members =
            """
            private const int Classes = 10;
            private static readonly int[] Widths = [784, 300, 100];
            private readonly ModuleList<Module<Tensor, Tensor>> hidden;
            private readonly Linear head = Linear(Widths[^1], Classes);
            public Net() : base("Net")
            {
                hidden = ModuleList(Enumerable.Range(0, Widths.Length - 1).Select(i => (Module<Tensor, Tensor>)Linear(Widths[i], Widths[i + 1])).ToArray());
                RegisterComponents();
            }
            public override Tensor forward(Tensor x)
            {
                foreach (var layer in hidden)
                    x = relu(layer.call(x));
                return head.call(x);
            }
            """;

        Assert.Equal("Linear(784,300) ReLU Linear(300,100) ReLU Linear(100,10)", LayerTraces.Words(LayerTraces.OfModel(Class(Members))));
    }

    [Fact]
    public void A_residual_block_of_another_class_is_run_where_it_is_called()
    {
        const string Block =
            """
            public class Block : Module<Tensor, Tensor>
            {
                private readonly Conv2d conv;
                private readonly BatchNorm2d norm;
                private readonly Module<Tensor, Tensor>? down;
                public Block(int from, int to) : base("Block")
                {
                    conv = Conv2d(from, to, 3, padding: 1);
                    norm = BatchNorm2d(to);
                    if (from != to)
                        down = Conv2d(from, to, 1);
                    RegisterComponents();
                }
                public override Tensor forward(Tensor x)
                {
                    var y = norm.call(conv.call(x));
                    var skip = down is null ? x : down.call(x);
                    return (y + skip).relu_();
                }
            }
            """;
        string source = Net("private readonly Module<Tensor, Tensor> blocks = Sequential(new Block(3, 3), new Block(3, 8));", "return blocks.call(x);") + Block;

        Trace trace = LayerTraces.OfModel(source);

        Assert.Equal("Convolution(3,3) Normalisation Add[1,-1] ReLU Convolution(3,8) Normalisation Convolution(3,8)[3] Add[5,6] ReLU", LayerTraces.Words(trace));
        Layer last = trace.Models[0].Outputs[0];
        Assert.Equal("new Block(3, 8)", last.Site.Within(trace.Models[0].Declarations)!.ToString());
        Assert.Equal("(y + skip).relu_()", last.Site.Node.ToString());
    }

    [Fact]
    public void A_condition_that_is_not_known_gives_either_tensor()
    {
        string source = Net("private readonly Linear fc = Linear(4, 4); public bool Deep { get; set; }", "var y = fc.call(x); if (Deep) y = relu(y); return y;");

        Assert.Equal("Linear(4,4) ReLU Either[0,1]", LayerTraces.Words(LayerTraces.OfModel(source)).Replace("[1,0]", "[0,1]", StringComparison.Ordinal));
    }

    [Fact]
    public void Training_mode_is_traced()
    {
        string source = Net("private readonly Linear fc = Linear(4, 4);", "x = fc.call(x); if (training) x = functional.dropout(x, 0.5); return functional.log_softmax(x, 1);");

        Assert.Equal("Linear(4,4) Dropout Softmax", LayerTraces.Words(LayerTraces.OfModel(source)));
    }

    [Theory]
    [InlineData("init.kaiming_uniform_(fc.weight, nonlinearity: init.NonlinearityType.ReLU); init.zeros_(fc.bias);", "Kaiming", "Constant 0")]
    [InlineData("init.constant_(fc.weight, 0.5); init.constant_(fc.bias, -1);", "Constant 0.5", "Constant -1")]
    [InlineData("using (no_grad()) { fc.weight.normal_(); fc.bias!.fill_(-0.1); }", "Other", "Constant -0.1")]
    [InlineData("fc.bias!.zero_().sub_(2);", "Default", "Constant -2")]
    [InlineData("fc.bias = Parameter(torch.full(4, -1.0));", "Default", "Constant -1")]
    [InlineData("foreach (var module in modules()) { if (module is Linear linear) { init.kaiming_normal_(linear.weight); init.zeros_(linear.bias); } }", "Kaiming", "Constant 0")]
    [InlineData("foreach (var (_, module) in named_children()) { switch (module) { case Linear { } linear: init.xavier_uniform_(linear.weight); break; case Conv2d conv: init.zeros_(conv.bias); break; } }", "Other", "Default")]
    [InlineData("apply(module => { if (module is Linear l) init.ones_(l.weight); });", "Constant 1", "Default")]
    [InlineData("foreach (var p in parameters()) init.constant_(p, -3);", "Constant -3", "Constant -3")]
    [InlineData("if (Environment.ProcessorCount > 1) init.zeros_(fc.bias);", "Default", "Unknown")]
    [InlineData("load(\"weights.bin\");", "Other", "Other")]
    public void Weights_and_biases_are_known_by_how_they_are_initialised(string build, string weight, string bias)
    {
        string members = $$"""
            private readonly Linear fc = Linear(4, 4);
            public Net() : base("Net") { RegisterComponents(); {{build}} }
            public override Tensor forward(Tensor x) => relu(fc.call(x));
            """;

        Layer linear = LayerTraces.OfModel(Class(members)).Models[0].Layers.Single(layer => layer.Kind == LayerKind.Linear);

        Assert.Equal(weight, Text(linear.Module!.Weight));
        Assert.Equal(bias, Text(linear.Module.Bias));

        static string Text(TracedParameter parameter) => FormattableString.Invariant($"{parameter.Initialisation.Kind} {parameter.Initialisation.Value}").TrimEnd();
    }

    [Fact]
    public void An_annotated_ReLU_carries_what_it_is_swapped_for()
    {
        string hysteresis = Net("private readonly Linear fc = Linear(4, 4);", "return relu(fc.call(x));").Replace("public class", "[Activation(Kind.HeLU)]\npublic class", StringComparison.Ordinal);
        string smooth = hysteresis.Replace("Kind.HeLU", "Kind.GELU", StringComparison.Ordinal);

        Assert.Equal("Linear(4,4) ReLU:HeLU", LayerTraces.Words(LayerTraces.OfModel(hysteresis)));
        Assert.Equal("Linear(4,4) Activation", LayerTraces.Words(LayerTraces.OfModel(smooth)));
    }

    [Fact]
    public void Modules_are_known_to_their_class_only_once_they_are_registered()
    {
        const string Members =
            """
            private readonly Linear fc = Linear(4, 4);
            public Net() : base("Net")
            {
                foreach (var module in modules())
                    if (module is Linear linear) init.kaiming_uniform_(linear.weight);
                RegisterComponents();
            }
            public override Tensor forward(Tensor x) => relu(fc.call(x));
            """;

        Layer linear = LayerTraces.OfModel(Class(Members)).Models[0].Layers.Single(layer => layer.Kind == LayerKind.Linear);

        Assert.Equal(InitialisationKind.Default, linear.Module!.Weight.Initialisation.Kind);
    }

    [Fact]
    public void A_list_that_is_added_to_itself_ends()
    {
        string source = Net(
            "private readonly List<object> parts = new(); private readonly List<object> more = new(); private readonly Linear fc = Linear(4, 4);",
            "parts.Add(more); more.Add(parts); parts.Add(parts); return relu(fc.call(x));");

        Assert.Equal("Linear(4,4) ReLU", LayerTraces.Words(LayerTraces.OfModel(source)));
    }

    [Fact]
    public void A_recursion_without_end_ends_unknown()
    {
        string source = Net("private Tensor Again(Tensor x) => Again(relu(x));", "return Again(x);");

        Assert.Empty(LayerTraces.OfModel(source).Models[0].Outputs);
    }

    [Theory]
    [InlineData("layers = Sequential(Linear(3, 3)); layers.append(layers);")]
    [InlineData("Module<Tensor, Tensor> all = Linear(3, 3); for (int i = 0; i < 40; i++) all = Sequential(all, all); layers = Sequential(all);")]
    [InlineData("layers = Sequential(Linear(3, 3)); for (int i = 0; i < 10000; i++) layers = Sequential(layers);")]
    public void A_container_that_never_ends_is_not_followed_to_its_end(string build) => Assert.False(LayerTraces.OfModel(Class(
        $$"""
        private readonly Sequential layers;
        public Net() : base("Net") { {{build}} RegisterComponents(); }
        public override Tensor forward(Tensor x) => layers.call(x);
        """)).IsComplete);

    private static string Net(string members, string forward) => Class(
        $$"""
        {{members}}
        public Net() : base("Net") => RegisterComponents();
        public override Tensor forward(Tensor x) { {{forward}} }
        """);

    private static string Class(string members) => Programs.WithUsings(
        $$"""
        public class Net : Module<Tensor, Tensor>
        {
            {{members}}
        }

        """).Replace("using static TorchSharp.torch.nn;", "using static TorchSharp.torch.nn;\nusing static TorchSharp.torch.nn.functional;", StringComparison.Ordinal);
}
