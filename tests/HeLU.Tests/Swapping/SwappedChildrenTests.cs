using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Swapping;

public sealed class SwappedChildrenTests : IDisposable
{
    private static readonly ActivationSpec HeLU = Kinds.Spec(Kind.HeLU);

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(Kind.HeLU, typeof(Helu.Modules.HeLU))]
    [InlineData(Kind.GELU, typeof(GELU))]
    [InlineData(Kind.SiLU, typeof(Helu.Modules.Swish))]
    [InlineData(Kind.LeakyReLU, typeof(LeakyReLU))]
    [InlineData(Kind.ELU, typeof(ELU))]
    [InlineData(Kind.Mish, typeof(Mish))]
    [InlineData(Kind.ReLU, typeof(ReLU))]
    public void A_ReLU_becomes_a_module_of_the_kind(Kind kind, Type type) =>
        Assert.IsType(type, Swap.Child<Module<Tensor, Tensor>>(ReLU(), Kinds.Spec(kind)));

    [Fact]
    public void HeLU_takes_over_alpha_inplace_and_the_training_flag()
    {
        ReLU relu = ReLU(inplace: true);
        relu.eval();

        var helu = (Helu.Modules.HeLU)Swap.Child<Module<Tensor, Tensor>>(relu, HeLU);

        Assert.Equal(HeLU.P0, helu.alpha);
        Assert.True(helu.inplace);
        Assert.False(helu.training);
    }

    [Fact]
    public void Kind_ReLU_keeps_the_module()
    {
        ReLU relu = ReLU();

        Assert.Same(relu, Swap.Child<Module<Tensor, Tensor>>(relu, Kinds.Spec(Kind.ReLU)));
    }

    [Fact]
    public void An_override_decides_at_construction_and_stays_with_the_module()
    {
        Module<Tensor, Tensor> child;
        using (Activation.Override(Kind.GELU))
            child = Swap.Child<Module<Tensor, Tensor>>(ReLU(), HeLU);

        Assert.IsType<GELU>(child);
    }

    [Fact]
    public void A_container_of_ReLUs_keeps_them()
    {
        ReLU relu = ReLU();

        Assert.Same(relu, Swap.Child(relu, HeLU));
    }

    [Fact]
    public void Others_stay_and_so_does_the_order()
    {
        Module<Tensor, Tensor>[] given = [Linear(2, 3), ReLU(), Tanh(), ReLU(), Linear(3, 1)];

        Module<Tensor, Tensor>[] children = Swap.Children(given, HeLU);

        Assert.Same(given[0], children[0]);
        Assert.IsType<Helu.Modules.HeLU>(children[1]);
        Assert.Same(given[2], children[2]);
        Assert.IsType<Helu.Modules.HeLU>(children[3]);
        Assert.NotSame(children[1], children[3]);
        Assert.Same(given[4], children[4]);
    }

    [Fact]
    public void One_ReLU_given_twice_becomes_one_module()
    {
        ReLU shared = ReLU();

        Module<Tensor, Tensor>[] children = Swap.Children<Module<Tensor, Tensor>>([shared, Linear(2, 2), shared], HeLU);

        Assert.IsType<Helu.Modules.HeLU>(children[0]);
        Assert.Same(children[0], children[2]);
    }

    [Fact]
    public void Names_stay_with_their_children()
    {
        ReLU shared = ReLU();
        (string, Module<Tensor, Tensor>)[] pairs = [("in", Linear(2, 3)), ("act1", shared), ("act2", shared), ("act3", ReLU())];

        (string Name, Module<Tensor, Tensor> Module)[] children = Swap.Children(pairs, HeLU);
        using Sequential tuples = Swap.Sequential(pairs.Select(p => Tuple.Create(p.Item1, p.Item2)), HeLU);

        Assert.Equal(["in", "act1", "act2", "act3"], children.Select(c => c.Name));
        Assert.Same(children[1].Module, children[2].Module);
        Assert.NotSame(children[1].Module, children[3].Module);
        Assert.Equal(["in", "act1", "act2", "act3"], tuples.named_children().Select(c => c.name));
        Assert.Equal(children.Select(c => c.Module.GetName()), tuples.children().Select(c => c.GetName()));
    }

    [Fact]
    public void State_dict_keys_of_a_Sequential_stay()
    {
        (string, Module<Tensor, Tensor>)[] pairs = [("in", Linear(2, 3)), ("act", ReLU()), ("out", Linear(3, 1))];
        using Sequential before = Sequential(pairs);

        using Sequential after = Sequential(Swap.Children(pairs, HeLU));

        Assert.Equal(before.state_dict().Keys, after.state_dict().Keys);
        Assert.Equal(before.named_children().Select(c => c.name), after.named_children().Select(c => c.name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Children_of_every_kind_train_in_a_Sequential(bool inplace)
    {
        foreach (Kind kind in Enum.GetValues<Kind>())
        {
            using Sequential model = Sequential(Swap.Children<Module<Tensor, Tensor>>([Linear(4, 8), ReLU(inplace), Linear(8, 8), ReLU(inplace)], Kinds.Spec(kind)));
            using Tensor x = Inputs.Random(ScalarType.Float32, 12).view(3, 4);

            model.call(x).sum().backward();

            Assert.All(model.parameters(), p => Assert.True(p.grad!.isfinite().all().item<bool>(), kind.ToString()));
            Assert.NotEqual(0f, model.parameters().First().grad!.abs().sum().item<float>());
        }
    }
}
