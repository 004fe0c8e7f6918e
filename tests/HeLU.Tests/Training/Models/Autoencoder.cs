using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>Transposed convolutions, upsampling, concatenation, a skip, detach, functions without a kind, another forward in eval mode.</summary>
[Activation(Kind.GoLU)]
internal sealed partial class Autoencoder : Module<Tensor, Tensor>
{
    private readonly Conv2d down = Conv2d(1, 4, 3, stride: 2, padding: 1);
    private readonly GroupNorm norm = GroupNorm(2, 4);
    private readonly ConvTranspose2d up = ConvTranspose2d(4, 2, 2, stride: 2);
    private readonly Conv2d last = Conv2d(7, 1, 1);

    public Autoencoder()
        : base(nameof(Autoencoder)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        Tensor code = norm.call(functional.relu(down.call(x)));
        if (training)
            code = functional.dropout(code, 0.3, training);
        Tensor detailed = functional.relu(up.call(code));
        Tensor coarse = functional.interpolate(code.detach(), scale_factor: [2, 2]).abs().sqrt();
        Tensor y = last.call(cat([detailed, coarse, 1 - x.sigmoid()], 1));
        return training ? y.tanh().clamp(-0.9, 0.9) / 3 : y;
    }
}
