using Helu.Generators.Tests.Harness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Generators.Tests;

/// <summary>
/// An activation overwrites its argument where that is a temporary of a layer or a sum, and nowhere else. Overridden with ReLU, whatever the form: the result and every
/// gradient are the plain program's bit for bit in float64, and what the user's code could look at is what it would be.
/// </summary>
public sealed class TemporaryTests(TemporaryTests.Programs programs) : IClassFixture<TemporaryTests.Programs>
{
    /// <summary>Bodies of forward, and how many tensors they make less than as written.</summary>
    public static TheoryData<string, int> Consumed => new()
    {
        { "return functional.relu(fc1.call(x));", 1 },
        { "return functional.relu(fc1.forward(x));", 1 },
        { "return functional.relu(inplace: false, x: this.fc1.call(x));", 1 },
        { "return functional.relu(fc1.call(x), inplace: true);", 1 }, // as written: the layer's output and an alias
        { "return bn1.forward(fc1.forward(x)).relu();", 1 },
        { "return act.call(fc1.call(x));", 1 },
        { "return act.forward(bn1.call(fc1.call(x)));", 1 },
        { "return inPlace.call(fc1.call(x));", 1 },
        { "return ReLU().call(fc1.call(x));", 1 },
        { "return functional.relu(any.call(x));", 1 },
        { "return functional.relu(any.forward(x));", 1 },
        { "return functional.relu(byInterface.call(x));", 1 },
        { "return seq.call(x).relu();", 1 },
        { "return seq.forward(x).relu();", 1 },
        { "return functional.relu(((Module<Tensor, Tensor>)seq).forward(x));", 1 },
        { "return functional.relu(conv.call(Grid(x))).flatten(1);", 1 },
        { "return functional.relu(conv1.call(x.view(4, 2, 3)));", 1 },
        { "return functional.relu(conv1.forward(x.view(4, 2, 3)[0]));", 1 },
        { "return functional.relu(conv3.call(x.view(4, 1, 1, 2, 3)));", 1 },
        { "return functional.relu(up.call(Grid(x)));", 1 },
        { "return functional.relu(up.forward(Grid(x)));", 1 },
        { "return functional.relu(functional.linear(x, fc1.weight!, fc1.bias));", 1 },
        { "return functional.relu(functional.conv2d(Grid(x), conv.weight!, conv.bias));", 1 },
        { "return functional.batch_norm(fc1.call(x), null, null, training: true).relu();", 1 },
        { "return functional.relu(x + 1);", 1 },
        { "return functional.relu(s_one - x);", 1 },
        { "return (x + fc1.call(x)).relu();", 1 },
        { "return (x - fc1.call(x)).relu_();", 0 }, // as written it overwrites too
        { "return fc1.call(x).relu_();", 0 },
        { "return x.add(fc1.call(x)).relu();", 1 },
        { "return functional.relu(sub(x, fc1.call(x)));", 1 },
        { "return functional.relu(x.sub(1));", 1 },
        { "x = fc1.call(x); x = functional.relu(x); return x;", 1 },
        { "var h = fc1.call(x); h = h.relu(); return h;", 1 },
        { "Tensor h; h = fc1.call(x); h = act.call(h); return h;", 1 },
        { "var h = fc1.call(x); return functional.relu(h);", 1 },
        { "var h = fc1.call(x); var y = act.call(h); return y;", 1 },
        { "var h = fc1.call(x); using var y = act.call(h); return y + 1;", 1 },
        { "x = fc1.call(x); x = fc2.call(functional.relu(x)); return x;", 1 },
        { "x = fc1.call(x); x = functional.relu(x); x = fc2.call(x); x = bn1.call(x); x = functional.relu(x); return x;", 2 },
        { "var h = fc1.call(x); h += x; h = functional.relu(h); return h;", 1 },
        { "var h = fc1.call(x); h = h + x; return act.call(h);", 1 },
        { "foreach (var layer in layers) { x = layer.call(x); x = functional.relu(x); } return x;", 2 },
        { "for (int i = 0; i < 2; i++) x = functional.relu(fc1.call(x)); return x;", 2 },
        { "switch (x.dim()) { case 2: x = fc1.call(x); x = functional.relu(x); return x; default: return x; }", 1 },
        { "try { var h = fc1.call(x); h = functional.relu(h); return h; } finally { field = x; }", 1 },
        { "Func<Tensor, Tensor> block = t => { t = fc1.call(t); t = functional.relu(t); return t; }; return block(x);", 1 },
        { "return Local(x); Tensor Local(Tensor t) { t = fc1.call(t); return t.relu(); }", 1 },
        { "return x.requires_grad ? functional.relu(fc1.call(x)) : functional.relu(fc2.call(x));", 1 },
        { "using var scope = NewDisposeScope(); x = fc1.call(x); x = functional.relu(x); return x.MoveToOuterDisposeScope();", 0 },
        { "using (no_grad()) { x = fc1.call(x); x = functional.relu(x); } return x + fc2.call(x);", 1 },
    };

    public static TheoryData<string> Kept =>
    [
        "return functional.relu(x);",
        "using var h = fc1.call(x); using var y = functional.relu(h); return y + h;",
        "using (var h = fc1.call(x)) { return functional.relu(h); }",
        "var h = fc1.call(x); var y = functional.relu(h); return y + h;",
        "var h = fc1.call(x); return functional.relu(h) + h;",
        "var h = fc1.call(x); h = functional.relu(h) + h; return h;",
        "var h = fc1.call(x); var k = h; h = functional.relu(h); return h + k;",
        "Tensor k; var h = k = fc1.call(x); h = functional.relu(h); return h + k;",
        "var h = fc1.call(x); var y = functional.relu(h += x); return y + h;",
        "var k = fc1.call(x); var h = k += x; h = functional.relu(h); return h + k;",
        "var h = fc1.call(x); var y = new[] { functional.relu(h), h }; return y[0] + y[1];",
        "Tensor h = x; h = same.call(x); h = functional.relu(h); return h + x;",
        "return functional.relu(same.call(x)) + x;",
        "return functional.relu(alias.call(x)) + x;",
        "return functional.relu(endsInAlias.call(x));",
        "return functional.relu(pool.call(Grid(x)));",
        "var h = functional.relu(keeps.call(x)); return h + keeps.Kept;",
        "var h = keeps.call(x); h = functional.relu(h); return h + keeps.Kept;",
        "return functional.relu(new Holder(x) + 1) + x;",
        "return functional.relu(x * 2);",
        "return functional.relu(x.sigmoid());",
        "return functional.relu(x.exp());",
        "Tensor h = x; Func<Tensor> see = () => h; h = fc1.call(x); h = functional.relu(h); return h + see();",
        "var h = fc1.call(x); Func<Tensor> twice = () => functional.relu(h); return twice() + twice();",
        "var h = fc1.call(x); for (int i = 0; functional.relu(h).sum().item<double>() > 1e9 && i < 2; i++) { } return h;",
        "Tensor h = x; try { h = fc1.call(x); h = functional.relu(h); } finally { field = h; } return field;",
        "Tensor h = x; ref Tensor r = ref h; r = fc1.call(x); r = functional.relu(r); return h;",
        "Tensor h = x; Through(ref h); return h; void Through(ref Tensor t) { t = fc1.call(t); t = functional.relu(t); }",
        "field = fc1.call(x); var y = functional.relu(field); return y + field;",
        "x = x.requires_grad ? fc1.call(x) : x; x = functional.relu(x); return x;",
        "return functional.relu(x.requires_grad ? fc1.call(x) : x);",
        "return fc1?.call(x)?.relu()!;",
        "var h = fc1.call(x); h.relu(); return h;",
        "return functional.relu(fc1.call(x).flatten(1));",
    ];

    public static TheoryData<string> All => [.. Bodies];

    private static IEnumerable<string> Bodies => Consumed.Concat(Kept).Select(row => (string)row[0]);

    [Theory]
    [MemberData(nameof(Consumed))]
    public void ATemporaryIsOverwritten(string body, int fewer) => Assert.Equal(fewer, Created(programs.Of.Plain(body)) - Created(programs.Of.Annotated(body)));

    [Theory]
    [MemberData(nameof(Kept))]
    public void AnyOtherTensorIsNot(string body) => Assert.Equal(Created(programs.Of.Plain(body)), Created(programs.Of.Annotated(body)));

    [Theory]
    [MemberData(nameof(All))]
    public void ResultAndGradientsAreThePlainProgramsBitForBit(string body)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable relu = Activation.Override(Kind.ReLU);

        (string Name, byte[] Bits)[] plain = Training(programs.Of.Plain(body));
        (string Name, byte[] Bits)[] annotated = Training(programs.Of.Annotated(body));

        Assert.Equal(plain.Select(value => value.Name), annotated.Select(value => value.Name));
        Assert.All(plain.Zip(annotated), pair => Assert.True(pair.First.Bits.SequenceEqual(pair.Second.Bits), pair.First.Name));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void TheInputStaysAsItIs(string body)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Input();
        byte[] before = Bits(x);

        using Module<Tensor, Tensor> net = programs.Of.Annotated(body);
        net.call(x);

        Assert.Equal(before, Bits(x));
    }

    /// <summary>Two forwards are recorded before their gradients accumulate, once through a kept graph twice.</summary>
    private static (string Name, byte[] Bits)[] Training(Module<Tensor, Tensor> net)
    {
        using (net)
        {
            Tensor x = Input().requires_grad_();
            Tensor first = net.call(x);
            Tensor second = net.call(x + 0.25);
            second.square().sum().backward();
            first.square().sum().backward(retain_graph: true);
            first.square().sum().backward();
            return
            [
                ("first", Bits(first)), ("second", Bits(second)), ("x.grad", x.grad is { } grad ? Bits(grad) : []),
                .. net.named_parameters().Where(pair => pair.parameter.grad is not null).Select(pair => (pair.name, Bits(pair.parameter.grad!))),
            ];
        }
    }

    /// <summary>How many tensors a forward with gradients leaves, or would leave to the collector.</summary>
    private static long Created(Module<Tensor, Tensor> net)
    {
        using (net)
        using (Activation.Override(Kind.ReLU))
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor x = Input().requires_grad_();
            net.call(x);
            return scope.DisposablesCount;
        }
    }

    private static Tensor Input()
    {
        using var generator = new Generator(7);
        return randn(4, 6, dtype: ScalarType.Float64, generator: generator);
    }

    private static byte[] Bits(Tensor tensor) => tensor.detach().contiguous().bytes.ToArray();

    public sealed class Programs : IDisposable
    {
        internal ForwardPrograms Of { get; } = new(Bodies);

        public void Dispose() => Of.Dispose();
    }
}
