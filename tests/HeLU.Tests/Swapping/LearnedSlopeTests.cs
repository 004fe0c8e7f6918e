using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Swapping;

/// <summary>PReLU: the slope is a parameter of the model.</summary>
public sealed class LearnedSlopeTests : IDisposable
{
    private static readonly ActivationSpec s_prelu = new(Kind.PReLU, .375);

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_ReLU_made_in_swapped_code_adds_its_weight_to_the_models_parameters_and_state()
    {
        using var net = new Net();

        Assert.Equal(["act.weight", "fc.bias", "fc.weight", "features.0.weight"], net.named_parameters().Select(p => p.name).Order());
        Assert.Equal(.375f, Slope(net).item<float>());
        Assert.Contains("act.weight", net.state_dict().Keys);
    }

    [Fact]
    public void It_trains_like_PReLU()
    {
        using var net = new Net();
        using PReLU expected = PReLU(1, .375);
        Tensor x = Inputs.Random(ScalarType.Float32, 30);
        Tensor grad = Inputs.Random(ScalarType.Float32, 30, seed: 3);

        Tensor leaf = x.detach().requires_grad_();
        expected.call(leaf).backward([grad]);
        Tensor swapped = x.detach().requires_grad_();
        net.Activate(swapped).backward([grad]);

        Bits.AssertSame(leaf.grad!, swapped.grad!);
        Bits.AssertSame(expected.weight!.grad!, Slope(net).grad!);
    }

    [Fact]
    public void The_optimiser_changes_it()
    {
        using var net = new Net();
        optim.Optimizer optimizer = optim.SGD(net.parameters(), .1);
        net.call(Inputs.Random(ScalarType.Float32, 12).view(3, 4)).sum().backward();

        optimizer.step();

        Assert.NotEqual(.375f, Slope(net).item<float>());
        Assert.NotEqual(.375f, net.get_parameter("features.0.weight")!.item<float>());
    }

    [Fact]
    public void A_model_in_float64_computes_in_float64_with_it()
    {
        using var net = new Net();
        net.to(ScalarType.Float64);
        Tensor x = Inputs.Random(ScalarType.Float64, 12).view(3, 4);

        Tensor y = net.call(x);
        y.sum().backward();

        Assert.Equal(ScalarType.Float64, y.dtype);
        Assert.True(Slope(net).grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void It_survives_saving_and_loading()
    {
        using var net = new Net();
        using (no_grad())
            Slope(net).fill_(-2);
        using var saved = new MemoryStream();
        net.save(saved);
        using var other = new Net();

        other.load(new MemoryStream(saved.ToArray()));

        Assert.Equal(-2f, Slope(other).item<float>());
        Tensor x = Inputs.Random(ScalarType.Float32, 12).view(3, 4);
        Bits.AssertSame(net.call(x), other.call(x));
    }

    [Fact]
    public void An_override_builds_and_runs_PReLU()
    {
        ActivationSpec annotated = new(Kind.HeLU, .05);
        using IDisposable scope = Activation.Override(Kind.PReLU, .5);
        using Sequential model = Sequential(Swap.Children<Module<Tensor, Tensor>>([Linear(2, 3), ReLU()], annotated));
        using ReLU relu = Swap.ReLU(inplace: false, annotated);

        Assert.Equal(["0.bias", "0.weight", "1.weight"], model.named_parameters().Select(p => p.name).Order());
        Assert.Equal([-.5f, 2f], Swap.call(relu, tensor([-1f, 2f]), annotated).data<float>().ToArray());
    }

    [Fact]
    public void Another_kind_in_force_leaves_the_weight_alone()
    {
        using var net = new Net();
        using IDisposable scope = Activation.Override(Kind.HeLU);

        net.call(Inputs.Random(ScalarType.Float32, 12).view(3, 4)).sum().backward();

        Assert.Null(Slope(net).grad);
    }

    [Fact]
    public void Hooks_see_every_call()
    {
        using var net = new Net();
        int calls = 0;
        net.OnActivation(() => calls++);

        net.Activate(zeros(3));
        net.Activate(zeros(3));

        Assert.Equal(2, calls);
        Assert.Equal(.375f, Slope(net).item<float>());
    }

    [Fact]
    public void A_ReLU_from_elsewhere_has_no_weight_and_says_so()
    {
        using ReLU relu = ReLU();

        Assert.Contains("no parameter to learn", Assert.Throws<InvalidOperationException>(() => Swap.call(relu, zeros(1), s_prelu)).Message);
        Assert.Throws<InvalidOperationException>(() => Swap.forward(relu, zeros(1), s_prelu));
    }

    private static Parameter Slope(Net net) => net.get_parameter("act.weight")!;

    /// <summary>As the generator makes it of <c>act = ReLU(); features = Sequential(ReLU());</c>.</summary>
    private sealed class Net : Module<Tensor, Tensor>
    {
        private readonly Linear fc = Linear(4, 8);
        private readonly ReLU act = Swap.ReLU(inplace: false, s_prelu);
        private readonly Sequential features = Sequential(Swap.Children<Module<Tensor, Tensor>>([ReLU()], s_prelu));

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public Tensor Activate(Tensor x) => Swap.call(act, x, s_prelu);

        public void OnActivation(Action seen) => act.register_forward_hook((Module _) => seen());

        public override Tensor forward(Tensor x) => features.call(Activate(fc.call(x)) - .5);
    }
}
