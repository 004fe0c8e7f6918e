using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>Sequential blocks with BatchNorm, activations in place, Dropout, built in a loop.</summary>
[Activation(Kind.HeLU)]
internal sealed partial class Vgg : Module<Tensor, Tensor>
{
    private readonly Sequential features;
    private readonly AdaptiveAvgPool2d pool = AdaptiveAvgPool2d(2);
    private readonly Sequential classifier = Sequential(Flatten(), Linear(6 * 4, 8), ReLU(inplace: true), Dropout(0.4), Linear(8, 3));

    public Vgg()
        : base(nameof(Vgg))
    {
        var layers = new List<Module<Tensor, Tensor>>();
        long channels = 1;
        foreach (long width in new long[] { 4, 6 })
        {
            layers.Add(Conv2d(channels, width, 3, padding: 1, bias: false));
            layers.Add(BatchNorm2d(width));
            layers.Add(ReLU(inplace: true));
            layers.Add(MaxPool2d(2));
            channels = width;
        }
        features = Sequential(layers);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => classifier.call(pool.call(features.call(x)));
}
