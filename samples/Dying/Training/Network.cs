using Helu;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Dying.Training;

/// <summary>
/// A fully connected network as its users write it. The attribute makes its ReLUs replaceable: they become what
/// <see cref="Activation.Override"/> says where it is built. Inputs [N, features] to one output [N, 1].
/// </summary>
[Activation(Kind.HeLU)]
internal sealed class Network : Module<Tensor, Tensor>
{
    private readonly Sequential layers;

    public Network(Setup setup)
        : base(nameof(Network))
    {
        List<(string, Module<Tensor, Tensor>)> parts = [];
        int features = setup.Task.Features;
        for (int layer = 1; layer <= setup.HiddenLayers; layer++)
        {
            parts.Add(($"fc{layer}", Linear(features, setup.Width)));
            if (setup.BatchNorm)
                parts.Add(($"bn{layer}", BatchNorm1d(setup.Width)));
            parts.Add(($"relu{layer}", ReLU()));
            features = setup.Width;
        }
        parts.Add(("output", Linear(features, 1)));
        if (setup.OutputReLU)
            parts.Add(("outputReLU", ReLU()));
        layers = Sequential(parts);
        RegisterComponents();
    }

    /// <summary>The parts in the order in which they run.</summary>
    public IEnumerable<(string Name, Module<Tensor, Tensor> Module)> Parts =>
        layers.named_children().Select(child => (child.name, (Module<Tensor, Tensor>)child.module));

    public override Tensor forward(Tensor inputs) => layers.call(inputs);
}
