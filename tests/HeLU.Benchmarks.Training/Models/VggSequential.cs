using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>VGG-11 (Simonyan and Zisserman, arXiv 1409.1556) at half width with BatchNorm, as a Sequential: [N, 3, 32, 32] to [N, 10].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class VggSequential : Module<Tensor, Tensor>
{
    private readonly Sequential features = Sequential(
        Conv2d(3, 32, 3, padding: 1),
        BatchNorm2d(32),
        ReLU(),
        MaxPool2d(2),
        Conv2d(32, 64, 3, padding: 1),
        BatchNorm2d(64),
        ReLU(),
        MaxPool2d(2),
        Conv2d(64, 128, 3, padding: 1),
        BatchNorm2d(128),
        ReLU(),
        Conv2d(128, 128, 3, padding: 1),
        BatchNorm2d(128),
        ReLU(),
        MaxPool2d(2),
        Conv2d(128, 256, 3, padding: 1),
        BatchNorm2d(256),
        ReLU(),
        Conv2d(256, 256, 3, padding: 1),
        BatchNorm2d(256),
        ReLU(),
        MaxPool2d(2));

    private readonly Linear classifier = Linear(256 * 2 * 2, 10);

    /// <summary>A model with weights of torch's own initialisation.</summary>
    public VggSequential()
        : base(nameof(VggSequential)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        x = features.call(x);
        return classifier.call(x.flatten(1));
    }
}
