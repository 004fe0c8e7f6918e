using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>Two 3x3 convolutions with BatchNorm, and a way around them (He et al., arXiv 1512.03385): [N, in, H, W] to [N, out, H/stride, W/stride].</summary>
[Activation(Kind.HeLU)]
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    public BasicBlock(long in_channels, long out_channels, long stride)
        : base(nameof(BasicBlock))
    {
        conv1 = Conv2d(in_channels, out_channels, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(out_channels);
        conv2 = Conv2d(out_channels, out_channels, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(out_channels);
        if (stride != 1 || in_channels != out_channels)
            downsample = Sequential(("0", Conv2d(in_channels, out_channels, 1, stride: stride, bias: false)), ("1", BatchNorm2d(out_channels)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor identity = x;
        x = bn1.call(conv1.call(x)).relu_();
        x = bn2.call(conv2.call(x));
        if (downsample is not null)
            identity = downsample.call(identity);
        x = x.add_(identity);
        return x.relu_().MoveToOuterDisposeScope();
    }
}
