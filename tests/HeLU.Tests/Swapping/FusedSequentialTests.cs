using Helu.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Swapping;

/// <summary>TorchSharp's Sequential of the same children is what is expected everywhere.</summary>
public sealed class FusedSequentialTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>Stacks for inputs [4, 6] in float64.</summary>
    private static readonly Dictionary<string, Func<Module<Tensor, Tensor>[]>> Stacks = new()
    {
        ["empty"] = () => [],
        ["one activation"] = () => [ReLU()],
        ["one layer"] = () => [Layer()],
        ["layer, ReLU"] = () => [Layer(), ReLU()],
        ["layer, ReLU in place"] = () => [Layer(), ReLU(inplace: true)],
        ["layer, HeLU"] = () => [Layer(), HeLU(0.5)],
        ["layer, LeakyReLU"] = () => [Layer(), LeakyReLU(0.2)],
        ["layer, LeakyReLU of negative slope"] = () => [Layer(), LeakyReLU(-0.2)],
        ["layer, GELU"] = () => [Layer(), GELU()],
        ["layer, ELU, layer, Mish"] = () => [Layer(), ELU(0.7), Layer(), Mish()],
        ["layer, BatchNorm, ReLU, Dropout, layer, ReLU"] = () => [Layer(), BatchNorm1d(6, dtype: float64), ReLU(), Dropout(0.5), Layer(), ReLU()],
        ["activation first"] = () => [HeLU(), Layer(), HeLU(), HeLU()],
        ["convolutions"] = () =>
        [
            Unflatten(1, [1, 2, 3]), Conv2d(1, 2, 1, dtype: float64), BatchNorm2d(2, dtype: float64), ReLU(), ConvTranspose2d(2, 1, 1, dtype: float64), HeLU(), MaxPool2d(1), ReLU(), Flatten(),
        ],
        ["convolutions of 1 and 3 dimensions"] = () =>
        [
            Unflatten(1, [1, 6]), Conv1d(1, 2, 1, dtype: float64), ReLU(), Unflatten(1, [1, 2, 1]), Conv3d(1, 1, 1, dtype: float64), ReLU(), Flatten(),
        ],
        ["nested"] = () => [Sequential(Layer(), BatchNorm1d(6, dtype: float64)), ReLU(), Sequential(Layer(), ReLU()), HeLU()],
        ["views between"] = () => [Layer(), Identity(), ReLU(), Layer(), Flatten(), ReLU(), Layer(), Dropout(0.0), ReLU()],
    };

    public static TheoryData<string> Names => [.. Stacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_and_gradients_are_Sequentials_bit_for_bit(string stack)
    {
        (Sequential expected, FusedSequential actual) = Twins(stack);

        Assert.Equal(Steps(expected), Steps(actual));
        expected.eval();
        actual.eval();
        Assert.Equal(Steps(expected), Steps(actual));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_forward_leaves_its_result_and_nothing_else(string stack)
    {
        (_, FusedSequential actual) = Twins(stack);
        Tensor x = Input();

        using DisposeScope inner = NewDisposeScope();
        Tensor y = actual.call(x);

        Assert.Equal([y], inner.DisposablesView);
        Assert.False(x.IsInvalid);
    }

    [Theory]
    [InlineData("layer, ReLU", 1)]
    [InlineData("layer, HeLU", 1)]
    [InlineData("layer, LeakyReLU", 1)]
    [InlineData("layer, ReLU in place", 1)] // as written it overwrites too, and makes an alias
    [InlineData("layer, BatchNorm, ReLU, Dropout, layer, ReLU", 2)]
    [InlineData("views between", 0)]
    public void An_activation_overwrites_what_a_layer_returned(string stack, int fewer)
    {
        (Sequential expected, FusedSequential actual) = Twins(stack);
        using IDisposable _ = no_grad(); // so that HeLU is one operation out of place too

        Assert.Equal(fewer, Created(expected) - Created(actual));
    }

    [Fact]
    public void A_hook_on_the_layer_may_keep_what_it_saw()
    {
        (Sequential expected, FusedSequential actual) = Twins("layer, ReLU");
        Tensor? kept = null;
        ((Linear)actual[0]).register_forward_hook((_, _, y) =>
        {
            kept = y.alias();
            return y;
        });
        Tensor x = Input();

        Bits.AssertSame(expected.call(x), actual.call(x));

        Bits.AssertSame(((Linear)expected[0]).call(x), kept!);
    }

    [Fact]
    public void Hooks_on_the_activation_see_its_input_and_its_output()
    {
        (Sequential expected, FusedSequential actual) = Twins("layer, HeLU");
        var activation = (Helu.Modules.HeLU)actual[1];
        Tensor? before = null;
        Tensor? input = null;
        Tensor? output = null;
        activation.register_forward_pre_hook((_, x) => before = x.clone());
        activation.register_forward_hook((_, x, y) =>
        {
            input = x.clone();
            output = y.clone();
            return y * 10;
        });
        Tensor x = Input();
        Tensor pre = ((Linear)expected[0]).call(x);

        Tensor result = actual.call(x);

        Bits.AssertSame(pre, before!);
        Bits.AssertSame(pre, input!);
        Bits.AssertSame(expected.call(x), output!);
        Bits.AssertSame(expected.call(x) * 10, result);
    }

    [Fact]
    public void Its_own_hooks_run()
    {
        (Sequential expected, FusedSequential actual) = Twins("layer, ReLU");
        actual.register_forward_pre_hook((_, x) => x + 1);
        actual.register_forward_hook((_, _, y) => y - 1);
        Tensor x = Input();

        Bits.AssertSame(expected.call(x + 1) - 1, actual.call(x));
    }

    [Fact]
    public void A_removed_hook_is_no_longer_in_the_way()
    {
        (Sequential expected, FusedSequential actual) = Twins("layer, ReLU");
        var hook = ((Linear)actual[0]).register_forward_hook((_, _, y) => y);
        using IDisposable _ = no_grad();

        Assert.Equal(Created(expected), Created(actual));
        hook.remove();
        Assert.Equal(Created(expected) - 1, Created(actual));
    }

    [Fact]
    public void A_child_that_returns_its_input_hands_it_on()
    {
        using var model = new FusedSequential(new Same(), new Same(), Layer(), new Same(), ReLU(), new Same());
        Tensor x = Input();
        Tensor expected = functional.relu(((Linear)model[2]).call(x));

        Tensor first = model.call(x);

        Bits.AssertSame(expected, first);
        Bits.AssertSame(Input(), x);
        using var nothing = new FusedSequential(new Same(), new Same());
        Assert.Same(x, nothing.call(x));
    }

    [Fact]
    public void An_exception_in_a_child_leaves_no_tensor()
    {
        using var model = new FusedSequential(Layer(), ReLU(), Linear(5, 5, dtype: float64), ReLU());
        Tensor x = Input();

        using DisposeScope inner = NewDisposeScope();
        Assert.ThrowsAny<Exception>(() => model.call(x));

        Assert.Equal(0, inner.DisposablesCount);
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void It_is_a_Sequential_of_the_same_name_children_and_state()
    {
        (Sequential expected, FusedSequential actual) = Twins("layer, BatchNorm, ReLU, Dropout, layer, ReLU");

        Assert.IsAssignableFrom<Sequential>(actual);
        Assert.Equal(expected.GetName(), actual.GetName());
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.named_children().Select(child => child.name), actual.named_children().Select(child => child.name));
        Assert.Equal(expected.named_modules().Select(module => module.name), actual.named_modules().Select(module => module.name));
        Assert.Equal(expected.state_dict().Keys, actual.state_dict().Keys);
        Assert.Equal(expected.named_parameters().Select(parameter => parameter.name), actual.named_parameters().Select(parameter => parameter.name));
        Assert.Equal(expected.named_buffers().Select(buffer => buffer.name), actual.named_buffers().Select(buffer => buffer.name));
    }

    [Fact]
    public void Children_are_appended_sliced_and_named_as_in_Sequential()
    {
        var named = new FusedSequential(("in", Layer()), ("act", ReLU()));

        Sequential longer = named.append("out", Layer()).append(HeLU());

        Assert.Same(named, longer);
        Assert.Equal(["in", "act", "out", "3"], named.named_children().Select(child => child.name));
        Assert.IsType<Helu.Modules.HeLU>(named[3]);
        Sequential head = named[(0, 2)];
        Assert.Equal(["in", "act"], head.named_children().Select(child => child.name));
        Tensor x = Input();
        Bits.AssertSame(functional.relu(((Linear)named[0]).call(x)), head.call(x));
        Bits.AssertSame(functional.relu(((Linear)named[2]).call(head.call(x))), named.call(x));
    }

    [Fact]
    public void Mode_type_and_disposal_reach_the_children()
    {
        var model = new FusedSequential(Layer(), new FusedSequential(Dropout(), ReLU()));

        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));
        model.train();
        Assert.All(model.modules(), module => Assert.True(module.training));
        model.to(ScalarType.Float32);
        using Tensor x = Input().to(ScalarType.Float32);
        Assert.Equal(ScalarType.Float32, model.call(x).dtype);
        Tensor weight = ((Linear)model[0]).weight!;
        model.Dispose();
        Assert.True(weight.IsInvalid);
    }

    [Fact]
    public void One_child_in_two_places_runs_twice()
    {
        Linear layer = Layer();
        Module<Tensor, Tensor> relu = ReLU();
        using var actual = new FusedSequential(layer, relu, layer, relu);
        Tensor x = Input();

        Bits.AssertSame(functional.relu(layer.call(functional.relu(layer.call(x)))), actual.call(x));
    }

    private static Linear Layer() => Linear(6, 6, dtype: float64);

    private static Module<Tensor, Tensor> HeLU(double alpha = 0.05) => torch.nn.HeLU(alpha);

    private static Tensor Input() => Inputs.Random(ScalarType.Float64, 24, seed: 5).view(4, 6);

    private static (Sequential Expected, FusedSequential Actual) Twins(string stack)
    {
        manual_seed(1);
        Sequential expected = Sequential(Stacks[stack]());
        manual_seed(1);
        return (expected, new FusedSequential(Stacks[stack]()));
    }

    /// <summary>Results and gradients of two forwards that are recorded before their backwards, with the same dropout.</summary>
    private static byte[][] Steps(Sequential model)
    {
        manual_seed(2);
        Tensor x = Input().requires_grad_();
        Tensor first = model.call(x);
        Tensor second = model.call(x * 2);
        second.square().sum().backward();
        first.square().sum().backward(retain_graph: true);
        first.square().sum().backward();
        return [Bits.Of(first), Bits.Of(second), Bits.Of(x.grad!), .. model.parameters().Select(parameter => Bits.Of(parameter.grad!))];
    }

    /// <summary>How many tensors a forward makes.</summary>
    private static long Created(Sequential model)
    {
        Tensor x = Input();
        DisposeScopeManager.Statistics.Reset();
        using DisposeScope inner = NewDisposeScope();
        model.call(x);
        return DisposeScopeManager.Statistics.CreatedInScopeCount;
    }

    private sealed class Same() : Module<Tensor, Tensor>("Same")
    {
        public override Tensor forward(Tensor input) => input;
    }
}
