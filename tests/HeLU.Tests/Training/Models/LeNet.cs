using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>Convolutions, pooling, a view, activation modules outside of containers.</summary>
[Activation(Kind.LeakyReLU, Slope = 0.2)]
internal sealed partial class LeNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(1, 3, 3, padding: 1);
    private readonly Conv2d conv2 = Conv2d(3, 4, 3);
    private readonly ReLU act = ReLU();
    private readonly MaxPool2d pool = MaxPool2d(2);
    private readonly Linear fc1 = Linear(4 * 3 * 3, 8);
    private readonly Linear fc2 = Linear(8, 3);

    public LeNet()
        : base(nameof(LeNet)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        x = pool.call(act.call(conv1.call(x)));
        x = act.call(conv2.call(functional.avg_pool2d(x, 2, stride: 1)));
        x = x.view(x.shape[0], -1);
        return functional.log_softmax(fc2.call(act.call(fc1.call(x))), 1);
    }
}
