using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary>A Linear layer and its activation: [N, 512] to [N, 512].</summary>
#if HELU
[Activation(Kind.HeLU)]
#endif
public sealed partial class Hidden : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(512, 512);

    /// <summary>A layer with weights of torch's own initialisation.</summary>
    public Hidden()
        : base(nameof(Hidden)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor x) => functional.relu(fc.call(x));
}
