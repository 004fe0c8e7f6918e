using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>A model with a module that nothing is known of.</summary>
[Activation(Kind.HeLU)]
internal sealed partial class Shuffled : Module<Tensor, Tensor>
{
    private readonly PixelShuffle shuffle = PixelShuffle(2);

    public Shuffled()
        : base(nameof(Shuffled)) => RegisterComponents();

    public override Tensor forward(Tensor x) => shuffle.call(x).relu();
}
