using Helu;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Models;

/// <summary>
/// 784-32-32-32-32-32-32-10: narrow and deep without normalisation, where ReLU's units die most easily.
/// Images [N, 1, 28, 28] to logits [N, 10].
/// </summary>
[Activation(Kind.HeLU)]
internal sealed partial class DeepMlp : Module<Tensor, Tensor>
{
    private readonly Sequential layers = Sequential(
        ("flatten", Flatten()),
        ("fc1", Linear(28 * 28, 32)),
        ("relu1", ReLU()),
        ("fc2", Linear(32, 32)),
        ("relu2", ReLU()),
        ("fc3", Linear(32, 32)),
        ("relu3", ReLU()),
        ("fc4", Linear(32, 32)),
        ("relu4", ReLU()),
        ("fc5", Linear(32, 32)),
        ("relu5", ReLU()),
        ("fc6", Linear(32, 32)),
        ("relu6", ReLU()),
        ("fc7", Linear(32, 10)));

    public DeepMlp()
        : base(nameof(DeepMlp)) => RegisterComponents();

    public override Tensor forward(Tensor images) => layers.call(images);
}
