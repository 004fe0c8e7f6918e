using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>LeNet-5 (LeCun et al., 1998) with ReLU and max pooling: [N, 1, 28, 28] to [N, 10].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class LeNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(1, 6, 5, padding: 2);
    private readonly Conv2d conv2 = Conv2d(6, 16, 5);
    private readonly MaxPool2d pool = MaxPool2d(2);
    private readonly Linear fc1 = Linear(16 * 5 * 5, 120);
    private readonly Linear fc2 = Linear(120, 84);
    private readonly Linear fc3 = Linear(84, 10);

    /// <summary>A model with weights of torch's own initialisation.</summary>
    public LeNet()
        : base(nameof(LeNet)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        x = pool.call(functional.relu(conv1.call(x)));
        x = pool.call(functional.relu(conv2.call(x)));
        x = x.flatten(1);
        x = functional.relu(fc1.call(x));
        x = functional.relu(fc2.call(x));
        return fc3.call(x);
    }
}
