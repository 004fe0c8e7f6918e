using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>ResNet-18 (He et al., arXiv 1512.03385) with the 3x3 stem that 32x32 images get: [N, 3, 32, 32] to [N, 10].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class ResNet18 : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 64, 3, padding: 1, bias: false);
    private readonly BatchNorm2d bn1 = BatchNorm2d(64);
    private readonly Sequential layer1 = Sequential(new BasicBlock(64, 64, 1), new BasicBlock(64, 64, 1));
    private readonly Sequential layer2 = Sequential(new BasicBlock(64, 128, 2), new BasicBlock(128, 128, 1));
    private readonly Sequential layer3 = Sequential(new BasicBlock(128, 256, 2), new BasicBlock(256, 256, 1));
    private readonly Sequential layer4 = Sequential(new BasicBlock(256, 512, 2), new BasicBlock(512, 512, 1));
    private readonly AdaptiveAvgPool2d avgpool = AdaptiveAvgPool2d(1);
    private readonly Linear fc = Linear(512, 10);

    /// <summary>A model with weights of torch's own initialisation.</summary>
    public ResNet18()
        : base(nameof(ResNet18)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        x = functional.relu(bn1.call(conv1.call(x)));
        x = layer1.call(x);
        x = layer2.call(x);
        x = layer3.call(x);
        x = layer4.call(x);
        return fc.call(avgpool.call(x).flatten(1));
    }
}
