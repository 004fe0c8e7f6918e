// The usings of an ordinary TorchSharp file plus ours, in a namespace that is not ours: that this file compiles is half of the test.
using Helu;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Somebody.Elses.Project;

public sealed class UsingsTests
{
    private sealed class Net : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _activation = nn.HeLU(0.1);
        private readonly Helu.Modules.HeLU _inPlace = torch.nn.HeLU(inplace: true);
        private readonly Linear _linear = Linear(2, 2);

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            using Tensor hidden = _inPlace.call(_linear.call(x));
            return _activation.call(nn.functional.helu(hidden).helu(0.1)).helu_();
        }
    }

    [Fact]
    public void Ours_and_TorchSharps_names_do_not_clash()
    {
        using DisposeScope scope = NewDisposeScope();
        using var net = new Net();
        using IDisposable experiment = Activation.Override(Kind.GELU);

        Assert.Equal([1L, 2L], net.call(zeros(1, 2)).shape);
        Assert.Equal(net.call(zeros(1, 2)).relu().shape, relu(zeros(1, 2)).shape);
    }
}
