using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Models;

/// <summary>The models by the names they have on the command line.</summary>
internal static class ModelCatalog
{
    public static IReadOnlyList<string> Names { get; } = ["mlp", "lenet", "deep"];

    /// <summary>A new model of that name, its weights from TorchSharp's default generator.</summary>
    public static Module<Tensor, Tensor> Create(string name) => name switch
    {
        "mlp" => new Mlp(),
        "lenet" => new LeNet(),
        "deep" => new DeepMlp(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"Not a model here: {string.Join(", ", Names)}."),
    };
}
