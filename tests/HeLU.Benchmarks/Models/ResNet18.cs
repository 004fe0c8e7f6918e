using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>ResNet-18 as torchvision lays it out (He et al., arXiv 1512.03385): [N, 3, 224, 224] to [N, 1000].</summary>
[Activation(Kind.HeLU)]
internal sealed partial class ResNet18 : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm2d bn1 = BatchNorm2d(64);
    private readonly ReLU relu = ReLU(inplace: true);
    private readonly MaxPool2d maxpool = MaxPool2d(3, stride: 2, padding: 1);
    private readonly Sequential layer1 = Layer(64, 64, stride: 1);
    private readonly Sequential layer2 = Layer(64, 128, stride: 2);
    private readonly Sequential layer3 = Layer(128, 256, stride: 2);
    private readonly Sequential layer4 = Layer(256, 512, stride: 2);
    private readonly AdaptiveAvgPool2d avgpool = AdaptiveAvgPool2d(1);
    private readonly Linear fc = Linear(512, 1000);

    public ResNet18()
        : base(nameof(ResNet18)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        x = maxpool.call(relu.call(bn1.call(conv1.call(x))));
        x = layer1.call(x);
        x = layer2.call(x);
        x = layer3.call(x);
        x = layer4.call(x);
        x = avgpool.call(x).flatten(1);
        return fc.call(x).MoveToOuterDisposeScope();
    }

    private static Sequential Layer(long in_channels, long out_channels, long stride) =>
        Sequential(("0", new BasicBlock(in_channels, out_channels, stride)), ("1", new BasicBlock(out_channels, out_channels, 1)));
}
