using Digits.Data;
using Digits.Models;
using Digits.Training;
using Helu;
using Helu.Inference;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Digits.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mlp", Kind.HeLU)]
    [InlineData("mlp", Kind.GELU)]
    [InlineData("lenet", Kind.HeLU)]
    [InlineData("lenet", Kind.GELU)]
    [InlineData("deep", Kind.HeLU)]
    [InlineData("deep", Kind.GELU)]
    public void An_exported_model_predicts_what_the_trained_one_did(string model, Kind kind)
    {
        string path = _folder.File("model.safetensors"), onnx = _folder.File("model.onnx");
        using DigitSet digits = new("few", DrawnDigits.Draw(200, seed: 1), DrawnDigits.Draw(50, seed: 2));
        float[] expected = [];
        using var best = new BestModel();
        var trainer = new Trainer(digits, () => ModelCatalog.Create(model), epochs: 1, learningRate: 0.1, (run, trained) =>
        {
            using IDisposable noGradients = no_grad();
            using Tensor logits = trained.call(digits.Test.Images);
            expected = logits.data<float>().ToArray();
            best.Offer(run, trained);
        });
        trainer.Train(new(kind, kind == Kind.HeLU ? 0.05 : null), seed: 1, _ => { }, CancellationToken.None);
        best.Save(path);
        best.ExportOnnx(onnx);
        float[] images = digits.Test.Images.data<float>().ToArray();

        AssertClose(expected, Run(model, path, images));
        AssertClose(expected, RunOnnx(onnx, images));
    }

    [Fact]
    public void The_best_model_is_the_first_one_with_the_highest_test_accuracy()
    {
        using var best = new BestModel();
        using var model = new Mlp();
        Run[] runs = [.. new[] { 0.5, 0.9, 0.9, 0.7 }.Select((accuracy, seed) => new Run(new(Kind.ReLU), seed, accuracy, [], []))];
        Assert.Throws<InvalidOperationException>(() => best.Save(_folder.File("none.safetensors")));
        Assert.Throws<InvalidOperationException>(() => best.ExportOnnx(_folder.File("none.onnx")));

        foreach (Run run in runs)
            best.Offer(run, model);

        Assert.Same(runs[1], best.Run);
    }

    [Fact]
    public void Written_digits_are_read_back_rounded_to_bytes()
    {
        using DigitImages drawn = DrawnDigits.Draw(20, seed: 3);

        drawn.ToBytes().Write(_folder.Path, "t10k");

        IdxDigits read = IdxDigits.Find(_folder.Path, "t10k")!;
        Assert.Equal(drawn.Labels.data<long>().ToArray(), read.Labels.Select(label => (long)label));
        float[] pixels = drawn.Images.data<float>().ToArray();
        Assert.Equal(pixels.Length, read.Pixels.Length);
        for (int i = 0; i < pixels.Length; i++)
            Assert.Equal(pixels[i], read.Pixels[i] / 255f, 0.5f / 255 + 1e-6f);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);
    }

    private static float[] RunOnnx(string path, float[] images)
    {
        const int Side = DigitImages.Side;
        using var session = new InferenceSession(path);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(images, [images.Length / (Side * Side), 1, Side, Side]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["images"], [input], ["output"]);
        return outputs.Single().GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Run(string model, string path, float[] images)
    {
        float[] logits = new float[images.Length / (28 * 28) * 10];
        switch (model)
        {
            case "mlp":
                using (MlpInference mlp = MlpInference.Load(path))
                    mlp.Run(images, logits);
                break;
            case "lenet":
                using (LeNetInference lenet = LeNetInference.Load(path))
                    lenet.Run(images, logits);
                break;
            case "deep":
                using (DeepMlpInference deep = DeepMlpInference.Load(path))
                    deep.Run(images, logits);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(model), model, "Not a model of the sample.");
        }
        return logits;
    }
}
