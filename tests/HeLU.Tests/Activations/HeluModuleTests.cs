using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Activations;

public sealed class HeluModuleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Is_named_and_parameterised_like_TorchSharps_own()
    {
        Modules.HeLU module = nn.HeLU(.2, inplace: true);

        Assert.Equal("HeLU", module.GetName());
        Assert.Equal(.2, module.alpha);
        Assert.True(module.inplace);
        Assert.True(typeof(Modules.HeLU).IsSealed);
        Assert.IsAssignableFrom<Module<Tensor, Tensor>>(module);
    }

    [Fact]
    public void Defaults_are_the_papers_alpha_for_BERT_and_out_of_place()
    {
        Modules.HeLU module = nn.HeLU();

        Assert.Equal(.05, module.alpha);
        Assert.False(module.inplace);
    }

    [Fact]
    public void Properties_that_change_after_construction_count()
    {
        Modules.HeLU module = nn.HeLU(.05);
        Tensor x = tensor([-.3f]).requires_grad_();
        module.alpha = .5;
        Assert.Equal(1f, autograd.grad([module.call(x)], [x], [ones(1)])[0].item<float>());

        module.inplace = true;
        Tensor y = x + 0;
        module.call(y);
        Assert.Equal(0f, y.item<float>());
    }

    [Fact]
    public void Has_no_parameters_buffers_or_state()
    {
        Modules.HeLU module = nn.HeLU();

        Assert.Empty(module.parameters());
        Assert.Empty(module.buffers());
        Assert.Empty(module.state_dict());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trains_as_a_child_of_Sequential(bool inplace)
    {
        using TorchSharp.Modules.Sequential model = Sequential(("in", Linear(6, 32)), ("act", nn.HeLU(.5, inplace)), ("out", Linear(32, 3)));
        Tensor x = Inputs.Random(ScalarType.Float32, 5 * 6).view(5, 6);
        var first = (TorchSharp.Modules.Linear)model[0];
        var last = (TorchSharp.Modules.Linear)model[2];
        last.call(first.call(x).helu(.5)).sum().backward();
        Tensor expected = first.weight.grad!.clone();
        model.zero_grad();

        model.call(x).sum().backward();

        Bits.AssertSame(expected, first.weight.grad!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Can_be_first_and_last_in_Sequential(bool inplace)
    {
        using TorchSharp.Modules.Sequential model = Sequential(nn.HeLU(.5, inplace), nn.HeLU(.5, inplace));
        Tensor x = tensor([-1f, 2f]);

        Assert.Equal([0f, 2f], model.call(x).data<float>().ToArray());
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void State_dict_of_a_Sequential_has_the_keys_that_it_has_with_ReLU()
    {
        using TorchSharp.Modules.Sequential relu = Sequential(("in", Linear(2, 3)), ("act", ReLU()), ("out", Linear(3, 1)));
        using TorchSharp.Modules.Sequential helu = Sequential(("in", Linear(2, 3)), ("act", nn.HeLU()), ("out", Linear(3, 1)));

        Assert.Equal(relu.state_dict().Keys, helu.state_dict().Keys);
        Assert.Equal(relu.named_children().Select(c => c.name), helu.named_children().Select(c => c.name));
    }

    [Fact]
    public void A_checkpoint_of_the_ReLU_model_loads_and_back()
    {
        using TorchSharp.Modules.Sequential relu = Sequential(Linear(2, 3), ReLU(), Linear(3, 1));
        using TorchSharp.Modules.Sequential helu = Sequential(Linear(2, 3), nn.HeLU(), Linear(3, 1));
        Tensor x = Inputs.Random(ScalarType.Float32, 8).view(4, 2);

        Copy(relu, helu);
        Bits.AssertSame(relu.call(x), helu.call(x));

        using TorchSharp.Modules.Sequential again = Sequential(Linear(2, 3), ReLU(), Linear(3, 1));
        Copy(helu, again);
        Bits.AssertSame(relu.call(x), again.call(x));

        static void Copy(Module from, Module to)
        {
            using var written = new MemoryStream();
            from.save(written);
            using var read = new MemoryStream(written.ToArray());
            to.load(read);
        }
    }

    [Fact]
    public void Train_eval_and_to_change_nothing_but_the_flag()
    {
        Modules.HeLU module = nn.HeLU(.5);
        Assert.True(module.training);

        module.eval();
        Assert.False(module.training);
        module.train();
        Assert.True(module.training);
        Assert.Same(module, module.to(ScalarType.Float64).to(CPU));

        Assert.Equal(.5, module.alpha);
        Tensor x = Inputs.Random(ScalarType.Float64);
        Bits.AssertSame(x.relu(), module.call(x));
    }

    [Fact]
    public void Hooks_run_on_call_and_not_on_forward()
    {
        Modules.HeLU module = nn.HeLU();
        var seen = new List<string>();
        module.register_forward_pre_hook((_, x) =>
        {
            seen.Add("pre");
            return x;
        });
        module.register_forward_hook((m, _, y) =>
        {
            seen.Add("post " + m.GetName());
            return y;
        });

        module.call(zeros(3));
        module.forward(zeros(3));

        Assert.Equal(["pre", "post HeLU"], seen);
    }
}
