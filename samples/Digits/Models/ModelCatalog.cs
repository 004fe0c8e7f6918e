using Digits.Data;
using Helu.Inference;
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

    /// <summary>The model as it is now, for inference.</summary>
    /// <param name="model">One that <see cref="Create"/> made, with the activation in force that it was trained with.</param>
    public static InferenceModel Freeze(Module<Tensor, Tensor> model)
    {
        var options = new InferenceOptions { InputShapes = [[1, DigitImages.Side, DigitImages.Side]] };
        return model switch
        {
            Mlp mlp => mlp.ToInference(options),
            LeNet lenet => lenet.ToInference(options),
            DeepMlp deep => deep.ToInference(options),
            _ => throw new ArgumentException($"{model.GetType()} is not a model here.", nameof(model)),
        };
    }
}
