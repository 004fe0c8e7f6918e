using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>LeNet-5 (LeCun et al., 1998) with ReLU and max pooling: [N, 1, 28, 28] to [N, 10].</summary>
[Activation(Kind.HeLU)]
internal sealed partial class LeNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(1, 6, 5, padding: 2);
    private readonly Conv2d conv2 = Conv2d(6, 16, 5);
    private readonly MaxPool2d pool = MaxPool2d(2);
    private readonly Linear fc1 = Linear(16 * 5 * 5, 120);
    private readonly Linear fc2 = Linear(120, 84);
    private readonly Linear fc3 = Linear(84, 10);

    public LeNet()
        : base(nameof(LeNet)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        x = pool.call(conv1.call(x).relu_());
        x = pool.call(conv2.call(x).relu_());
        x = fc1.call(x.flatten(1)).relu_();
        x = fc2.call(x).relu_();
        return fc3.call(x).MoveToOuterDisposeScope();
    }
}
