using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>A ReLU in each place where one can stand, for <c>Activation.Override</c> to choose the kind.</summary>
[Activation(Kind.HeLU)]
internal sealed partial class EveryKind : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(6, 8);
    private readonly Sequential body = Sequential(Linear(8, 8), ReLU(), Linear(8, 8), BatchNorm1d(8), ReLU(inplace: true));
    private readonly ReLU act = ReLU(inplace: true);
    private readonly Linear fc2 = Linear(8, 3);

    public EveryKind()
        : base(nameof(EveryKind)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        x = body.call(functional.relu(fc1.call(x)));
        return fc2.call(act.call(x + 0.5));
    }
}
