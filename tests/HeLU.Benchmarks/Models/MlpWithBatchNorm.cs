using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>Three Linear layers with BatchNorm, ReLU and Dropout between: [N, 64] to [N, 10].</summary>
[Activation(Kind.HeLU)]
internal sealed partial class MlpWithBatchNorm : Module<Tensor, Tensor>
{
    private const long Width = 64;

    private readonly Sequential layers = Sequential(
        ("fc1", Linear(Width, Width)),
        ("bn1", BatchNorm1d(Width)),
        ("relu1", ReLU(inplace: true)),
        ("dropout1", Dropout(.2)),
        ("fc2", Linear(Width, Width)),
        ("bn2", BatchNorm1d(Width)),
        ("relu2", ReLU(inplace: true)),
        ("dropout2", Dropout(.2)),
        ("fc3", Linear(Width, 10)));

    public MlpWithBatchNorm()
        : base(nameof(MlpWithBatchNorm)) => RegisterComponents();

    public override Tensor forward(Tensor x) => layers.call(x);
}
