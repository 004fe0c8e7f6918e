using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>Basic and bottleneck blocks: residuals, a tensor used twice, submodules with forwards of their own, a condition on a null field, a loop.</summary>
[Activation(Kind.HeLU)]
internal sealed partial class ResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d stem = Conv2d(1, 4, 3, padding: 1, bias: false);
    private readonly BatchNorm2d bn = BatchNorm2d(4);
    private readonly ModuleList<Module<Tensor, Tensor>> blocks = ModuleList<Module<Tensor, Tensor>>(new Basic(4, 4), new Basic(4, 6, stride: 2), new Bottleneck(6, 3));
    private readonly AdaptiveAvgPool2d pool = AdaptiveAvgPool2d(1);
    private readonly Linear fc = Linear(6, 3);

    public ResNet()
        : base(nameof(ResNet)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        x = functional.relu(bn.call(stem.call(x)));
        foreach (Module<Tensor, Tensor> block in blocks)
            x = block.call(x);
        return fc.call(pool.call(x).flatten(1));
    }

    internal sealed class Basic : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;
        private readonly Sequential? downsample;

        public Basic(long from, long to, long stride = 1)
            : base(nameof(Basic))
        {
            conv1 = Conv2d(from, to, 3, stride, padding: 1, bias: false);
            bn1 = BatchNorm2d(to);
            conv2 = Conv2d(to, to, 3, padding: 1, bias: false);
            bn2 = BatchNorm2d(to);
            if (stride != 1 || from != to)
                downsample = Sequential(Conv2d(from, to, 1, stride, bias: false), BatchNorm2d(to));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            Tensor identity = x;
            Tensor y = functional.relu(bn1.call(conv1.call(x)));
            y = bn2.call(conv2.call(y));
            if (downsample is not null)
                identity = downsample.call(x);
            return functional.relu(y + identity);
        }
    }

    private sealed class Bottleneck : Module<Tensor, Tensor>
    {
        private readonly Sequential body;

        public Bottleneck(long channels, long width)
            : base(nameof(Bottleneck))
        {
            body = Sequential(
                Conv2d(channels, width, 1), BatchNorm2d(width), ReLU(), Conv2d(width, width, 3, padding: 1), BatchNorm2d(width), ReLU(), Conv2d(width, channels, 1), BatchNorm2d(channels));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => (x + body.call(x)).relu_();
    }
}
