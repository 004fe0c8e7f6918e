using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Swapping;

/// <summary>Hooks on a ReLU go on running where its calls are swapped or another module has taken its place.</summary>
public sealed class HookTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<string> _seen = [];
    private readonly Tensor _x = tensor([-1.0, 2.0]);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Kinds.All), MemberType = typeof(Kinds))]
    public void All_four_sorts_run_on_a_swapped_call(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        using ReLU relu = Swap.ReLU(inplace: false, spec);
        RegisterAll(relu, "");

        Tensor y = Swap.call(relu, _x, spec, "relu");

        Assert.Equal(["module post", "module pre", "post", "pre"], _seen.Order());
        Kinds.AssertClose(Kinds.Expected(_x, spec), y);
    }

    [Fact]
    public void None_runs_on_a_swapped_forward()
    {
        using ReLU relu = ReLU();
        RegisterAll(relu, "");

        Swap.forward(relu, _x, Kinds.Spec(Kind.HeLU), "relu");

        Assert.Empty(_seen);
    }

    [Fact]
    public void Those_registered_before_and_after_the_replacement_run_on_it()
    {
        ReLU relu = ReLU();
        RegisterAll(relu, "before ");
        Module<Tensor, Tensor> helu = Swap.Child<Module<Tensor, Tensor>>(relu, Kinds.Spec(Kind.HeLU));
        RegisterAll(relu, "after ");
        RegisterAll(helu, "on it ");

        helu.call(_x);

        string[] sorts = ["module post", "module pre", "post", "pre"];
        Assert.Equal(new[] { "after ", "before ", "on it " }.SelectMany(when => sorts.Select(sort => when + sort)), _seen.Order());
    }

    [Fact]
    public void A_hook_can_change_input_and_output()
    {
        using ReLU relu = ReLU();
        relu.register_forward_pre_hook((_, x) => x + 1);
        relu.register_forward_hook((_, _, y) => y * 10);

        Assert.Equal([0.0, 30.0], Swap.call(relu, _x, Kinds.Spec(Kind.HeLU), "relu").data<double>().ToArray());
    }

    [Fact]
    public void A_removed_hook_no_longer_runs()
    {
        ReLU relu = ReLU();
        var remover = relu.register_forward_hook((_, _, y) =>
        {
            _seen.Add("post");
            return y;
        });
        Module<Tensor, Tensor> helu = Swap.Child<Module<Tensor, Tensor>>(relu, Kinds.Spec(Kind.HeLU));

        remover.remove();
        helu.call(_x);
        Swap.call(relu, _x, Kinds.Spec(Kind.HeLU), "relu");

        Assert.Empty(_seen);
    }

    [Fact]
    public void The_ReLU_and_its_hooks_survive_a_swapped_call()
    {
        using ReLU relu = ReLU();
        RegisterAll(relu, "");

        Swap.call(relu, _x, Kinds.Spec(Kind.HeLU), "relu");
        Swap.call(relu, _x, Kinds.Spec(Kind.HeLU), "relu");
        relu.call(_x);

        Assert.Equal(3 * 4, _seen.Count);
    }

    private void RegisterAll(Module<Tensor, Tensor> module, string when)
    {
        module.register_forward_pre_hook((_, x) =>
        {
            _seen.Add(when + "pre");
            return x;
        });
        module.register_forward_hook((_, _, y) =>
        {
            _seen.Add(when + "post");
            return y;
        });
        module.register_forward_pre_hook((Module _) => _seen.Add(when + "module pre"));
        module.register_forward_hook((Module _) => _seen.Add(when + "module post"));
    }
}
