using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>A concatenation of one tensor, of which TorchSharp makes an alias, and that tensor once more.</summary>
[Activation(Kind.HeLU)]
internal sealed partial class SingleConcat : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(6, 8);

    public SingleConcat()
        : base(nameof(SingleConcat)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        Tensor y = fc.call(x);
        return functional.relu(cat([y], 1)) + y;
    }
}
