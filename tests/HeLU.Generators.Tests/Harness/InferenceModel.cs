using static TorchSharp.torch;

namespace Helu.Generators.Tests.Harness;

/// <summary>A model in <c>Models/</c> whose inference class is compared with it.</summary>
/// <param name="File">Its file, without extension.</param>
/// <param name="Type">The model class.</param>
/// <param name="Factory">The static method that makes it; null where its constructor does.</param>
/// <param name="Arguments">Arguments of the factory or constructor.</param>
/// <param name="Inputs">Makes a batch of inputs.</param>
/// <param name="Ids">For each input whether it holds ids.</param>
internal sealed record InferenceModel(string File, string Type, string? Factory, object?[] Arguments, Func<int, Tensor[]> Inputs, params bool[] Ids)
{
    public static IReadOnlyDictionary<string, InferenceModel> All { get; } = new Dictionary<string, InferenceModel>
    {
        ["AlexNet"] = new("AlexNet", "Vision.AlexNet", null, [10], Images(3)),
        ["VGG"] = new("Vgg", "Vision.Vgg", null, ["B", false, 10], Images(3)),
        ["VGG with BatchNorm"] = new("Vgg", "Vision.Vgg", null, ["A", true, 10], Images(3)),
        ["ResNet of basic blocks"] = new("ResNet", "Vision.ResNet", "Basic", [10], Images(3)),
        ["ResNet of bottlenecks"] = new("ResNet", "Vision.ResNet", "Deep", [10], Images(3)),
        ["GoogLeNet"] = new("GoogLeNet", "Vision.GoogLeNet", null, [10], Images(3)),
        ["MNIST"] = new("MnistNet", "Vision.MnistNet", null, ["mnist", null], Images(1, 28)),
        ["MobileNet"] = new("MobileNet", "Vision.MobileNet", null, [10, 1.0], Images(3)),
        ["U-Net with transposed convolutions"] = new("UNet", "Vision.UNet", null, [3L, 4L, true], Images(3, 16)),
        ["U-Net with upsampling"] = new("UNet", "Vision.UNet", null, [3L, 4L, false], Images(3, 18)),
        ["Recommender"] = new(
            "Recommender",
            "Ranking.Recommender",
            null,
            [20L, 30L, 5L],
            batch => [randint(0, 20, [batch, 1], int64), randint(0, 30, [batch, 6], int64), randn(batch, 5)],
            true,
            true,
            false),
    };

    /// <summary>The program with the model annotated and partial.</summary>
    public InferenceProgram Compile()
    {
        using Stream stream = typeof(InferenceModel).Assembly.GetManifestResourceStream(File + ".cs")!;
        using var reader = new StreamReader(stream);
        string name = Type[(Type.LastIndexOf('.') + 1)..];
        string source = reader.ReadToEnd()
            .Replace("[ACTIVATION]", "[Activation(Kind.LeakyReLU, Slope = 0.2)]", StringComparison.Ordinal)
            .Replace($"sealed class {name} :", $"sealed partial class {name} :", StringComparison.Ordinal)
            .Replace($"public class {name} :", $"public partial class {name} :", StringComparison.Ordinal);
        return new InferenceProgram(source, Type, Ids);
    }

    public nn.Module Create(InferenceProgram program) => Factory is null ? program.Create(Type, Arguments) : program.Call(Type, Factory, Arguments);

    private static Func<int, Tensor[]> Images(long channels, long size = 32) => batch => [randn(batch, channels, size, size)];
}
