using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>ELU in place in each of its spellings, and its input once more: TorchSharp leaves that as it is.</summary>
[Activation(Kind.HeLU)]
internal sealed partial class InPlaceElu : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(6, 8);
    private readonly ELU elu = ELU(0.7, inplace: true);

    public InPlaceElu()
        : base(nameof(InPlaceElu)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        Tensor a = fc.call(x), b = a + 1, c = a - 1;
        Tensor y = elu.call(a) + functional.elu(b, 0.7, inplace: true) + c.elu_(0.7);
        return functional.relu(y * a * b * c);
    }
}
