using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>VGG-11 (Simonyan and Zisserman, arXiv 1409.1556) at half width with BatchNorm: [N, 3, 32, 32] to [N, 10].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class Vgg : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 32, 3, padding: 1);
    private readonly BatchNorm2d bn1 = BatchNorm2d(32);
    private readonly Conv2d conv2 = Conv2d(32, 64, 3, padding: 1);
    private readonly BatchNorm2d bn2 = BatchNorm2d(64);
    private readonly Conv2d conv3 = Conv2d(64, 128, 3, padding: 1);
    private readonly BatchNorm2d bn3 = BatchNorm2d(128);
    private readonly Conv2d conv4 = Conv2d(128, 128, 3, padding: 1);
    private readonly BatchNorm2d bn4 = BatchNorm2d(128);
    private readonly Conv2d conv5 = Conv2d(128, 256, 3, padding: 1);
    private readonly BatchNorm2d bn5 = BatchNorm2d(256);
    private readonly Conv2d conv6 = Conv2d(256, 256, 3, padding: 1);
    private readonly BatchNorm2d bn6 = BatchNorm2d(256);
    private readonly MaxPool2d pool = MaxPool2d(2);
    private readonly Linear classifier = Linear(256 * 2 * 2, 10);

    /// <summary>A model with weights of torch's own initialisation.</summary>
    public Vgg()
        : base(nameof(Vgg)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        x = pool.call(functional.relu(bn1.call(conv1.call(x))));
        x = pool.call(functional.relu(bn2.call(conv2.call(x))));
        x = functional.relu(bn3.call(conv3.call(x)));
        x = pool.call(functional.relu(bn4.call(conv4.call(x))));
        x = functional.relu(bn5.call(conv5.call(x)));
        x = pool.call(functional.relu(bn6.call(conv6.call(x))));
        return classifier.call(x.flatten(1));
    }
}
