using Helu.Generators.Tests.Harness;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Generators.Tests;

/// <summary>A model annotated with PReLU has a parameter for each of its ReLU modules.</summary>
public sealed class LearnedSlopeTests
{
    private const string Source = """
        using Helu;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        [Activation(Kind.PReLU, Init = 0.5)]
        public class Net : Module<Tensor, Tensor>
        {
            private readonly ReLU act1 = ReLU();
            private readonly Module<Tensor, Tensor> act2;
            private readonly Sequential features = Sequential(Identity(), ReLU(inplace: true));

            public Net() : base("Net")
            {
                act2 = ReLU();
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => features.call(act2.forward(act1.call(x)));
        }
        """;

    [Fact]
    public void Modules_in_fields_and_containers_have_a_weight_under_their_own_keys()
    {
        using var program = new SwappedProgram(Source);
        using Module<Tensor, Tensor> net = program.Create<Module<Tensor, Tensor>>("Net");

        Assert.Equal(["act1.weight", "act2.weight", "features.1.weight"], net.named_parameters().Select(p => p.name).Order());
        Assert.All(net.parameters(), weight => Assert.Equal(.5f, weight.item<float>()));
    }

    [Fact]
    public void Each_of_them_learns()
    {
        using DisposeScope scope = NewDisposeScope();
        using var program = new SwappedProgram(Source);
        using Module<Tensor, Tensor> net = program.Create<Module<Tensor, Tensor>>("Net");
        Tensor x = tensor([-8f]).requires_grad_();

        Tensor y = net.call(x);
        y.sum().backward();

        // Three slopes of 1/2 in a row: y = x/8, and dy/dslope = x/4.
        Assert.Equal(-1f, y.item<float>());
        Assert.Equal(.125f, x.grad!.item<float>());
        Assert.All(net.parameters(), weight => Assert.Equal(-2f, weight.grad!.item<float>()));
    }
}
