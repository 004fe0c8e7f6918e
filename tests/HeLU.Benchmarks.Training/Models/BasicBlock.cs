using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>Two 3x3 convolutions with BatchNorm, and a way around them (He et al., arXiv 1512.03385): [N, in, H, W] to [N, out, H/stride, W/stride].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? shortcut;

    /// <summary>A block with weights of torch's own initialisation.</summary>
    /// <param name="in_channels">Channels of the input.</param>
    /// <param name="out_channels">Channels of the output.</param>
    /// <param name="stride">Of the first convolution; above 1 the output is that many times smaller.</param>
    public BasicBlock(long in_channels, long out_channels, long stride)
        : base(nameof(BasicBlock))
    {
        conv1 = Conv2d(in_channels, out_channels, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(out_channels);
        conv2 = Conv2d(out_channels, out_channels, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(out_channels);
        if (stride != 1 || in_channels != out_channels)
            shortcut = Sequential(Conv2d(in_channels, out_channels, 1, stride: stride, bias: false), BatchNorm2d(out_channels));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        Tensor identity = shortcut is null ? x : shortcut.call(x);
        x = functional.relu(bn1.call(conv1.call(x)));
        x = bn2.call(conv2.call(x));
        return functional.relu(x + identity);
    }
}
