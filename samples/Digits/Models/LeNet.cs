using Helu;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Models;

/// <summary>
/// LeNet-5 (LeCun et al. 1998) with ReLU and max pooling, as PyTorch's tutorials have it. Images [N, 1, 28, 28] to logits [N, 10].
/// </summary>
[Activation(Kind.HeLU)]
internal sealed partial class LeNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(1, 6, 5, padding: 2);
    private readonly Conv2d conv2 = Conv2d(6, 16, 5);
    private readonly Linear fc1 = Linear(16 * 5 * 5, 120);
    private readonly Linear fc2 = Linear(120, 84);
    private readonly Linear fc3 = Linear(84, 10);
    private readonly ReLU act = ReLU();
    private readonly MaxPool2d pool = MaxPool2d(2);

    public LeNet()
        : base(nameof(LeNet)) => RegisterComponents();

    public override Tensor forward(Tensor images)
    {
        Tensor x = pool.call(act.call(conv1.call(images)));
        x = pool.call(act.call(conv2.call(x)));
        x = x.flatten(1);
        x = fc1.call(x).relu();
        x = fc2.call(x).relu();
        return fc3.call(x);
    }
}
