using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>784-512-512-10: [N, 784] to [N, 10].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(784, 512);
    private readonly Linear fc2 = Linear(512, 512);
    private readonly Linear fc3 = Linear(512, 10);

    /// <summary>A model with weights of torch's own initialisation.</summary>
    public Mlp()
        : base(nameof(Mlp)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        x = functional.relu(fc1.call(x));
        x = functional.relu(fc2.call(x));
        return fc3.call(x);
    }
}
