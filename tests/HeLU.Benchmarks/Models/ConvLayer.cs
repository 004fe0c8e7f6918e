using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>One 3x3 convolution and ReLU, as in the middle of a ResNet: [N, 64, H, W] to [N, 64, H, W].</summary>
[Activation(Kind.HeLU)]
internal sealed partial class ConvLayer : Module<Tensor, Tensor>
{
    private readonly Conv2d conv = Conv2d(64, 64, 3, padding: 1);

    public ConvLayer()
        : base(nameof(ConvLayer)) => RegisterComponents();

    public override Tensor forward(Tensor x) => conv.call(x).relu_();
}
