using Helu;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Digits.Models;

/// <summary>784-256-128-10. Images [N, 1, 28, 28] to logits [N, 10].</summary>
[Activation(Kind.HeLU)]
internal sealed partial class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(28 * 28, 256);
    private readonly Linear fc2 = Linear(256, 128);
    private readonly Linear fc3 = Linear(128, 10);

    public Mlp()
        : base(nameof(Mlp)) => RegisterComponents();

    public override Tensor forward(Tensor images)
    {
        Tensor x = images.flatten(1);
        x = relu(fc1.call(x));
        x = relu(fc2.call(x));
        return fc3.call(x);
    }
}
