using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>Three Linear layers with a ReLU between: [N, in_features] to [N, out_features].</summary>
[Activation(Kind.HeLU)]
internal sealed partial class Mlp : Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly Linear fc3;

    public Mlp(long in_features, long hidden1, long hidden2, long out_features)
        : base(nameof(Mlp))
    {
        fc1 = Linear(in_features, hidden1);
        fc2 = Linear(hidden1, hidden2);
        fc3 = Linear(hidden2, out_features);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using Tensor h1 = fc1.call(x).relu_();
        using Tensor h2 = fc2.call(h1).relu_();
        return fc3.call(h2);
    }
}
