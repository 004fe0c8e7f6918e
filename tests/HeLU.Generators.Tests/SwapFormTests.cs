using Helu.Generators.Tests.Harness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Generators.Tests;

/// <summary>
/// Each way to write a ReLU, in a class of its own. HeLU's gradient is 1 at -0.01 and 0 at -1 where alpha is .05 (arXiv 2411.10573);
/// ReLU's is 0 at both: a ReLU that was missed shows.
/// </summary>
public sealed class SwapFormTests(SwapFormTests.Nets nets) : IClassFixture<SwapFormTests.Nets>
{
    public static TheoryData<string, string> Expressions => new()
    {
        { "functional.relu(x)", "" },
        { "nn.functional.relu(x)", "" },
        { "TorchSharp.torch.nn.functional.relu(x, inplace: false)", "" },
        { "global::TorchSharp.torch.nn.functional.relu(x)", "" },
        { "functional.relu(inplace: true, x: x.clone())", "" },
        { "relu(x)", "using static TorchSharp.torch.nn.functional;" },
        { "F.relu(x)", "using F = TorchSharp.torch.nn.functional;" },
        { "x.relu()", "" },
        { "x?.relu()!", "" },
        { "x.clone().relu_()", "" },
        { "x.clone()?.relu_()!", "" },
        { "x.relu().relu()", "" },
        { "act.call(x)", "" },
        { "act.forward(x)", "" },
        { "act?.call(x)!", "" },
        { "this.act.call(x)", "" },
        { "((ReLU)module).call(x)", "" },
        { "module.call(x)", "" },
        { "module.forward(x)", "" },
        { "module?.call(x)!", "" },
        { "asInterface.call(x)", "" },
        { "ReLU().call(x)", "" },
        { "ReLU(inplace: true).call(x.clone())", "" },
        { "property.call(x)", "" },
        { "Sequential(ReLU()).call(x)", "" },
        { "Sequential(Identity(), ReLU(), Identity()).call(x)", "" },
        { "Sequential((\"a\", Identity()), (\"b\", ReLU())).call(x)", "" },
        { "Sequential(Tuple.Create(\"a\", (Module<Tensor, Tensor>)ReLU())).call(x)", "" },
        { "Sequential(new Module<Tensor, Tensor>[] { ReLU() }).call(x)", "" },
        { "Sequential(new List<Module<Tensor, Tensor>> { ReLU(), Identity() }).call(x)", "" },
        { "Sequential(new List<(string, Module<Tensor, Tensor>)> { (\"a\", ReLU()) }).call(x)", "" },
        { "Sequential(new List<Tuple<string, Module<Tensor, Tensor>>> { Tuple.Create<string, Module<Tensor, Tensor>>(\"a\", ReLU()) }).call(x)", "" },
        { "Sequential(list).call(x)", "" },
        { "Sequential([.. list]).call(x)", "" },
        { "Sequential(list.ToArray()).call(x)", "" },
        { "Sequential(Sequential(ReLU()), Identity()).call(x)", "" },
        { "Sequential(x.numel() > 5 ? GELU() : ReLU()).call(x)", "" },
        { "Sequential(x.numel() switch { 1 => ReLU(), _ => GELU() }).call(x)", "" },
        { "Sequential().append(ReLU()).call(x)", "" },
        { "Sequential().append(\"a\", ReLU()).append(\"b\", Identity()).call(x)", "" },
        { "ModuleList<Module<Tensor, Tensor>>(ReLU())[0].call(x)", "" },
        { "((Module<Tensor, Tensor>)ModuleList(ReLU(), Identity())[0]).call(x)", "" },
        { "((Module<Tensor, Tensor>)ModuleList(new Module[] { ReLU() })[0]).call(x)", "" },
        { "ModuleList(ReLU())[0].call(x)", "" },
        { "ModuleDict<Module<Tensor, Tensor>>((\"a\", ReLU()))[\"a\"].call(x)", "" },
        { "new Func<Tensor, Tensor>(t => functional.relu(t))(x)", "" },
        { "Local(x)", "" },
        { "Helper(x)", "" },
        { "StaticHelper(x)", "" },
        { "inLambda(x)", "" },
        { "LoopOver(x)", "" },
        { "Added(x)", "" },
        { "Inserted(x)", "" },
        { "IntoList(x)", "" },
        { "IntoDict(x)", "" },
        { "Extended(x)", "" },
        { "LocalVariable(x)", "" },
        { "new Nested().forward(x)", "" },
        { "new NestedGeneric<int>().forward(x)", "" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void EveryFormOfReluTrainsAsHelu(string expression, string usings)
    {
        using Module<Tensor, Tensor> net = nets.Annotated(expression, usings);

        Assert.Equal(1, Gradient.At(-0.01, net.forward));
        Assert.Equal(0, Gradient.At(-1, net.forward));
        Assert.Equal(1, Gradient.At(0.5, net.forward));
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void TheSameProgramWithoutAttributeTrainsAsRelu(string expression, string usings)
    {
        using Module<Tensor, Tensor> net = nets.Plain(expression, usings);

        Assert.Equal(0, Gradient.At(-0.01, net.forward));
        Assert.Equal(1, Gradient.At(0.5, net.forward));
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void AnOverrideReachesEveryForm(string expression, string usings)
    {
        // LeakyReLU of slope 1 is the identity, however often it is applied.
        using (Activation.Override(Kind.LeakyReLU, 1))
        {
            using Module<Tensor, Tensor> net = nets.Annotated(expression, usings);
            Assert.Equal(1, Gradient.At(-1, net.forward));
        }
    }

    [Fact]
    public void NothingIsGeneratedForCodeWithoutAttribute() => Assert.Equal(0, nets.PlainCalls);

    /// <summary>All expressions compiled into one program with attributes and one without; a namespace for each.</summary>
    public sealed class Nets : IDisposable
    {
        private readonly SwappedProgram _annotated = new(Sources("[Activation(Kind.HeLU)]"));
        private readonly SwappedProgram _plain = new(Sources(""));

        public int PlainCalls => _plain.InterceptedCalls;

        public Module<Tensor, Tensor> Annotated(string expression, string usings) => Create(_annotated, expression, usings);

        public Module<Tensor, Tensor> Plain(string expression, string usings) => Create(_plain, expression, usings);

        public void Dispose()
        {
            _annotated.Dispose();
            _plain.Dispose();
        }

        private static Module<Tensor, Tensor> Create(SwappedProgram program, string expression, string usings) =>
            program.Create<Module<Tensor, Tensor>>($"N{Array.IndexOf(Pairs, (expression, usings))}.Net");

        private static (string Expression, string Usings)[] Pairs { get; } = [.. Expressions.Select(row => ((string)row[0], (string)row[1]))];

        private static string[] Sources(string attribute) =>
            [.. Pairs.Select((pair, index) => Programs.Usings + $"namespace N{index}\n{{\n{pair.Usings}\n{Source(pair.Expression, attribute)}\n}}\n")];
    }

    private static string Source(string expression, string attribute) =>
        $$"""
        {{attribute}}
        public class Net : Module<Tensor, Tensor>
        {
            private readonly ReLU act = ReLU();
            private readonly Module<Tensor, Tensor> module = ReLU();
            private readonly IModule<Tensor, Tensor> asInterface = ReLU();
            private readonly Func<Tensor, Tensor> inLambda = x => x.relu();
            private readonly List<Module<Tensor, Tensor>> list = new() { Identity(), ReLU() };
            private ReLU property { get; } = ReLU();

            public Net() : base("Net") { }

            public override Tensor forward(Tensor x)
            {
                return {{expression}};

                static Tensor Local(Tensor t) => functional.relu(t);
            }

            private Tensor Helper(Tensor x) { return x.relu(); }

            private static Tensor StaticHelper(Tensor x) => x.relu();

            private Tensor LoopOver(Tensor x)
            {
                foreach (var layer in list)
                    x = layer.call(x);
                return x;
            }

            private Tensor Added(Tensor x)
            {
                var layers = new List<Module<Tensor, Tensor>>();
                layers.Add(ReLU());
                return layers[0].call(x);
            }

            private Tensor Inserted(Tensor x)
            {
                var layers = new List<Module<Tensor, Tensor>>();
                layers.Insert(0, ReLU());
                return Sequential(layers).call(x);
            }

            private Tensor IntoList(Tensor x)
            {
                var layers = ModuleList<Module<Tensor, Tensor>>();
                layers.Add(Identity());
                layers.Insert(0, ReLU());
                layers.append(ReLU());
                layers.Add(ReLU());
                foreach (var layer in layers)
                    x = layer.call(x);
                return x;
            }

            private Tensor IntoDict(Tensor x)
            {
                var layers = ModuleDict<Module<Tensor, Tensor>>();
                layers.Add("a", ReLU());
                return layers["a"].call(x);
            }

            private Tensor Extended(Tensor x)
            {
                var layers = ModuleList<Module<Tensor, Tensor>>();
                layers.extend(new Module<Tensor, Tensor>[] { ReLU() });
                return layers[0].call(x);
            }

            private Tensor LocalVariable(Tensor x)
            {
                Module<Tensor, Tensor> layer = ReLU();
                var typed = ReLU();
                return typed.call(layer.call(x));
            }

            private sealed class Nested
            {
                public Tensor forward(Tensor x) => x.relu();
            }

            private sealed class NestedGeneric<T>
            {
                public Tensor forward(Tensor x) => Sequential(ReLU()).call(functional.relu(x));
            }
        }
        """;
}
