using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>Functional activations, a shared layer, a buffer and a parameter of its own.</summary>
[Activation(Kind.HeLU, Alpha = 0.1)]
internal sealed partial class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(6, 8);
    private readonly Linear fc2 = Linear(8, 8);
    private readonly Linear fc3 = Linear(8, 3);
    private readonly Parameter scale = Parameter(ones(8));
    private readonly Tensor shift = full(8, 0.1f);

    public Mlp()
        : base(nameof(Mlp)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        x = functional.relu(fc1.call(x));
        x = fc2.call(x).relu();
        x = functional.relu(fc2.call(x)) * scale + shift;
        return fc3.call(x);
    }
}
