using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>Ten Linear layers, 256 wide: [N, 256] to [N, 10].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class DeepMlp : Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> hidden = ModuleList(Enumerable.Range(0, 9).Select(_ => Linear(256, 256)).ToArray());
    private readonly Linear head = Linear(256, 10);

    /// <summary>A model with weights of torch's own initialisation.</summary>
    public DeepMlp()
        : base(nameof(DeepMlp)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        foreach (Linear layer in hidden)
            x = functional.relu(layer.call(x));
        return head.call(x);
    }
}
