using System.Runtime.CompilerServices;
using Helu.Modules;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Swapping;

/// <summary>A swapped call overwrites what a module returned only where the module turned out to be a layer whose output nobody else holds.</summary>
public sealed class FreshTensorTests : IDisposable
{
    private static readonly ActivationSpec s_relu = new(Kind.ReLU);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Linear _layer = Linear(6, 6, dtype: float64);
    private readonly Tensor _x = Inputs.Random(ScalarType.Float64, 24).view(4, 6);

    public void Dispose()
    {
        _layer.Dispose();
        _scope.Dispose();
    }

    public static TheoryData<string> Fresh => [.. Modules.Where(pair => pair.Value.IsFresh).Select(pair => pair.Key)];

    public static TheoryData<string> NotFresh => [.. Modules.Where(pair => !pair.Value.IsFresh).Select(pair => pair.Key)];

    private static readonly Dictionary<string, (Func<Module<Tensor, Tensor>> Create, bool IsFresh)> Modules = new()
    {
        ["Linear"] = (() => Linear(6, 6, dtype: float64), true),
        ["BatchNorm1d"] = (() => BatchNorm1d(6, dtype: float64), true),
        ["Sequential that ends in BatchNorm1d"] = (() => Sequential(Linear(6, 6, dtype: float64), BatchNorm1d(6, dtype: float64)), true),
        ["FusedSequential that ends in Linear"] = (() => new FusedSequential(ReLU(), Linear(6, 6, dtype: float64)), true),
        ["Sequential in a Sequential"] = (() => Sequential(Sequential(Linear(6, 6, dtype: float64))), true),
        ["Sequential that ends in a hooked layer"] = (() => Sequential(Hooked()), false),
        ["empty Sequential"] = (() => Sequential(), false),
        ["Sequential that ends in ReLU"] = (() => Sequential(Linear(6, 6, dtype: float64), ReLU()), false),
        ["a user's Sequential"] = (() => new OwnSequential(), false),
        ["a user's module that returns its input"] = (() => new Same(), false),
        ["Identity"] = (() => Identity(), false),
        ["Dropout"] = (() => Dropout(0.5), false),
        ["LayerNorm"] = (() => LayerNorm(6, dtype: float64), false),
        ["hooked Linear"] = (Hooked, false),
    };

    [Theory]
    [MemberData(nameof(Fresh))]
    public void What_a_layer_returned_is_overwritten(string module)
    {
        using Module<Tensor, Tensor> producer = Modules[module].Create();

        Tensor called = Producer.call(producer, _x);
        Assert.Same(called, Swap.relu(called, s_relu, "relu", Argument.Noted));
        Tensor forwarded = Producer.forward(producer, _x);
        Assert.Same(forwarded, Swap.relu(forwarded, s_relu, "relu", Argument.Noted));
    }

    [Theory]
    [MemberData(nameof(NotFresh))]
    public void What_another_module_returned_is_not(string module)
    {
        using Module<Tensor, Tensor> producer = Modules[module].Create();

        Tensor y = Producer.call(producer, _x);
        byte[] before = Bits.Of(y);
        Assert.NotSame(y, Swap.relu(y, s_relu, "relu", Argument.Noted));
        Bits.AssertSame(before, y);
    }

    [Fact]
    public void Forward_runs_no_hooks_of_the_layer_itself()
    {
        using Module<Tensor, Tensor> hooked = Hooked();

        Tensor y = Producer.forward(hooked, _x);

        Assert.Same(y, Swap.relu(y, s_relu, "relu", Argument.Noted));
    }

    [Fact]
    public void A_note_is_of_one_tensor_and_is_taken_once()
    {
        Tensor first = Producer.call(_layer, _x);
        Tensor second = Producer.call(_layer, _x);

        Assert.NotSame(first, Swap.relu(first, s_relu, "relu", Argument.Noted));
        Assert.NotSame(second, Swap.relu(second, s_relu, "relu", Argument.Noted));
    }

    [Fact]
    public void A_module_that_is_not_fresh_clears_the_note()
    {
        Tensor y = Producer.call(_layer, _x);
        using var same = new Same();

        Assert.Same(y, Producer.call(same, y));
        Assert.NotSame(y, Swap.relu(y, s_relu, "relu", Argument.Noted));
    }

    [Fact]
    public void A_note_is_known_on_its_thread_only()
    {
        Tensor y = Producer.call(_layer, _x);
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = Swap.relu(y, s_relu, "relu", Argument.Noted));
        thread.Start();
        thread.Join();

        Assert.NotSame(y, elsewhere);
        Assert.Same(y, Swap.relu(y, s_relu, "relu", Argument.Noted));
        elsewhere!.Dispose();
    }

    [Fact]
    public void A_note_keeps_no_tensor_alive()
    {
        WeakReference dropped = CallAndDrop(_layer, _x);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(dropped.IsAlive);
    }

    [Theory]
    [MemberData(nameof(Kinds.Functions), MemberType = typeof(Kinds))]
    public void A_temporary_trains_as_a_tensor_that_is_kept(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        Tensor grad = Inputs.Random(ScalarType.Float64, 24, seed: 3).view(4, 6);
        Swap.relu(_layer.call(_x), spec, "relu").backward([grad]);
        Tensor expected = _layer.weight!.grad!.clone();

        foreach (Func<Tensor> forward in new Func<Tensor>[]
        {
            () => Swap.relu(Producer.call(_layer, _x), spec, "relu", Argument.Noted),
            () => Swap.relu_(Producer.call(_layer, _x), spec, "relu", Argument.Noted),
            () => Swap.call(ReLU(), Producer.forward(_layer, _x), spec, "relu", Argument.Noted),
            () => Swap.relu(_layer.call(_x) + 0, inplace: true, spec, "relu", Argument.Fresh),
        })
        {
            _layer.zero_grad();
            forward().backward([grad]);
            Kinds.AssertClose(expected, _layer.weight!.grad!, Kinds.GradientTolerance(kind));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CallAndDrop(Linear layer, Tensor x)
    {
        return new(Producer.call(layer, x).DetachFromDisposeScope());
    }

    private static Linear Hooked()
    {
        Linear layer = Linear(6, 6, dtype: float64);
        layer.register_forward_hook((_, _, y) => y);
        return layer;
    }

    private sealed class OwnSequential() : Sequential(Linear(6, 6, dtype: float64))
    {
        public override Tensor forward(Tensor tensor) => tensor.alias();
    }

    private sealed class Same() : Module<Tensor, Tensor>("Same")
    {
        public override Tensor forward(Tensor input) => input;
    }
}
