using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Generators.Tests.Harness;

/// <summary>A model in <c>Models/</c>, and what was counted in its source by hand.</summary>
/// <param name="File">Its file, without extension.</param>
/// <param name="Type">The model class.</param>
/// <param name="Factory">The static method that makes it; null where its constructor does.</param>
/// <param name="Arguments">Arguments of the factory or constructor.</param>
/// <param name="Input">Makes a batch of inputs.</param>
internal sealed record ExampleModel(string File, string Type, string? Factory, object?[] Arguments, Func<Tensor> Input)
{
    /// <summary>Calls written in the source that compute a ReLU, build a container or put a ReLU into one.</summary>
    public required int Sites { get; init; }

    /// <summary>Calls of layers, BatchNorm or containers whose result goes to one of these ReLUs and nowhere else.</summary>
    public int Producers { get; init; }

    /// <summary>ReLU children of containers, in the model as it is built here.</summary>
    public required int Children { get; init; }

    /// <summary>Names of the ReLUs that are kept in a field and called there.</summary>
    public string[] Fields { get; init; } = [];

    public static IReadOnlyDictionary<string, ExampleModel> All { get; } = new Dictionary<string, ExampleModel>
    {
        // Two Sequential(...). Five activations between the convolutions, two between the linear layers.
        ["AlexNet"] = new("AlexNet", "Vision.AlexNet", null, [10], Images(3)) { Sites = 2, Children = 7 },

        // layers.Add(ReLU()), Sequential(layers), Sequential(...). Configuration B has six convolutions; two more ReLUs in the classifier.
        ["VGG"] = new("Vgg", "Vision.Vgg", null, ["B", false, 10], Images(3)) { Sites = 3, Children = 8 },

        // Configuration A has six convolutions too; two more ReLUs in the classifier.
        ["VGG with BatchNorm"] = new("Vgg", "Vision.Vgg", null, ["A", true, 10], Images(3)) { Sites = 3, Children = 8 },

        // In ResNet functional.relu and two Sequential; in BasicBlock relu.call twice; in Bottleneck relu.forward twice and relu_.
        // bn1.call in ResNet and BasicBlock, bn1.forward and bn2.forward in Bottleneck; the other two take a sum.
        ["ResNet of basic blocks"] = new("ResNet", "Vision.ResNet", "Basic", [10], Images(3))
        {
            Sites = 8,
            Producers = 4,
            Children = 0,
            Fields = ["layer1.0.relu", "layer1.1.relu", "layer2.0.relu", "layer3.0.relu"],
        },
        ["ResNet of bottlenecks"] = new("ResNet", "Vision.ResNet", "Deep", [10], Images(3))
        {
            Sites = 8,
            Producers = 4,
            Children = 0,
            Fields = ["layer1.0.relu", "layer2.0.relu", "layer2.1.relu", "layer3.0.relu"],
        },

        // F.relu in BasicConv2d, three Sequential in Inception, functional.relu in InceptionAux. bn.call and fc1.call.
        ["GoogLeNet"] = new("GoogLeNet", "Vision.GoogLeNet", null, [10], Images(3)) { Sites = 5, Producers = 2, Children = 0 },

        // ModuleList, Sequential, relu1.call, relu(...). Two ReLUs in the list, one in the Sequential. conv1.call and conv2.call.
        ["MNIST"] = new("MnistNet", "Vision.MnistNet", null, ["mnist", null], Images(1, 28)) { Sites = 4, Producers = 2, Children = 3, Fields = ["relu1"] },

        // Three Sequential with children, append("act", ReLU()), relu(), functional.relu. Three blocks down, two up, one appended. encoder.call.
        ["Autoencoder"] = new("Autoencoder", "Representation.Autoencoder", null, [new long[] { 16, 12, 8, 6 }], () => randn(8, 16)) { Sites = 6, Producers = 1, Children = 6 },

        // ModuleDict, Sequential, hidden.Add(ReLU()), pooled?.relu(), activation.call, x.relu(), functional.relu. One ReLU in the tower, two hidden. towers["max"].call.
        ["Text classifier"] = new("TextClassifier", "Text.TextClassifier", null, [50, 12, 4], () => randint(0, 50, [8, 6], int64))
        {
            Sites = 7,
            Producers = 1,
            Children = 3,
            Fields = ["activation"],
        },
    };

    public Module<Tensor, Tensor> Create(SwappedProgram program) => Factory is null
        ? program.Create<Module<Tensor, Tensor>>(Type, Arguments)
        : program.Call<Module<Tensor, Tensor>>(Type, Factory, Arguments);

    /// <summary>The model's source with <paramref name="attribute"/> on the model, or with none.</summary>
    public string Source(string attribute)
    {
        using Stream stream = typeof(ExampleModel).Assembly.GetManifestResourceStream(File + ".cs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("[ACTIVATION]", attribute, StringComparison.Ordinal);
    }

    private static Func<Tensor> Images(long channels, long size = 32) => () => randn(4, channels, size, size);
}
