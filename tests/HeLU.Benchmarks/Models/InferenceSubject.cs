using Helu.Inference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>A frozen model's run.</summary>
/// <param name="x">The samples, one behind the other.</param>
/// <param name="output">Written whole.</param>
internal delegate void InferenceRun(ReadOnlySpan<float> x, Span<float> output);

/// <summary>A model whose inference is measured.</summary>
/// <param name="Name">As rows call it.</param>
/// <param name="InputShape">One sample's, without the batch.</param>
/// <param name="Batches">The batch sizes that are measured.</param>
/// <param name="Create">Makes the TorchSharp model.</param>
/// <param name="Freeze">Freezes what Create made.</param>
internal sealed record InferenceSubject(
    string Name,
    long[] InputShape,
    int[] Batches,
    Func<Module<Tensor, Tensor>> Create,
    Func<Module<Tensor, Tensor>, InferenceOptions, InferenceModel> Freeze)
{
    /// <summary>What has a row against each peer.</summary>
    public static IReadOnlyList<InferenceSubject> All { get; } =
    [
        Mlp("mlp64", 64, 32, 32, 10),
        Mlp("mlp784", 784, 256, 128, 10),
        Mlp("mlp1024", 1024, 1024, 1024, 1024),
        Of("lenet", [1, 28, 28], [1, 64], () => new LeNet(), (model, options) => model.ToInference(options)),
        Of("conv", [64, 56, 56], [1], () => new ConvLayer(), (model, options) => model.ToInference(options)),
        Of("resnet18", [3, 224, 224], [1], () => new ResNet18(), (model, options) => model.ToInference(options)),
    ];

    public static InferenceSubject MlpWithBatchNorm { get; } =
        Of("mlp-bn", [64], [1, 64], () => new MlpWithBatchNorm(), (model, options) => model.ToInference(options));

    /// <summary>Linear(1024, 1024), alone or behind a ReLU.</summary>
    public static InferenceSubject Linear(bool after_relu) =>
        Of("linear1024", [1024], [1], () => new LinearLayer(1024, after_relu), (model, options) => model.ToInference(options));

    private static InferenceSubject Mlp(string name, long in_features, long hidden1, long hidden2, long out_features) => Of(
        name,
        [in_features],
        [1, 8, 64, 512],
        () => new Mlp(in_features, hidden1, hidden2, out_features),
        (model, options) => model.ToInference(options));

    private static InferenceSubject Of<TModel>(
        string name, long[] inputShape, int[] batches, Func<TModel> create, Func<TModel, InferenceOptions, InferenceModel> freeze)
        where TModel : Module<Tensor, Tensor> =>
        new(name, inputShape, batches, create, (model, options) => freeze((TModel)model, options));
}
