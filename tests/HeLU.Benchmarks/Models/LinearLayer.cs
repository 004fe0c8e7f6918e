using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>One Linear layer, alone or behind a ReLU: [N, features] to [N, features].</summary>
[Activation(Kind.HeLU)]
internal sealed partial class LinearLayer : Module<Tensor, Tensor>
{
    private readonly bool after_relu;
    private readonly Linear fc;

    public LinearLayer(long features, bool after_relu)
        : base(nameof(LinearLayer))
    {
        this.after_relu = after_relu;
        fc = Linear(features, features);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        if (!after_relu)
            return fc.call(x);
        using Tensor h = x.relu();
        return fc.call(h);
    }
}
