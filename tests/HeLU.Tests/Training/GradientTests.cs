using Helu.Tests.Training.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training;

/// <summary>A fused training module computes what the model itself computes: outputs, gradients and running statistics, to the last bit.</summary>
public class GradientTests
{
    [Fact]
    public void AnMlpWithASharedLayerTrainsAsItself() => Same(() => new Mlp(), model => model.ToTraining(), () => randn(5, 6));

    [Fact]
    public void ALeNetTrainsAsItself() => Same(() => new LeNet(), model => model.ToTraining(), () => randn(3, 1, 12, 12));

    [Fact]
    public void AVggWithBatchNormAndDropoutTrainsAsItself() => Same(() => new Vgg(), model => model.ToTraining(), () => randn(3, 1, 8, 8));

    [Fact]
    public void AResNetTrainsAsItself() => Same(() => new ResNet(), model => model.ToTraining(), () => randn(3, 1, 8, 8));

    [Fact]
    public void AnAutoencoderTrainsAsItself() => Same(() => new Autoencoder(), model => model.ToTraining(), () => randn(2, 1, 6, 6));

    [Fact]
    public void AConcatenationOfOneTensorTrainsAsItself() => Same(() => new SingleConcat(), model => model.ToTraining(), () => randn(5, 6));

    [Fact]
    public void AnEluInPlaceTrainsAsItself() => Same(() => new InPlaceElu(), model => model.ToTraining(), () => randn(5, 6));

    [Fact]
    public void ATextClassifierTrainsAsItself()
    {
        using var twins = new Twins<TextClassifier>(() => new TextClassifier());
        using TextClassifierTraining trainer = twins.Model.ToTraining();
        foreach (long batch in new long[] { 4, 4, 2 })
        {
            using Tensor ids = randint(10, [batch, 5], ScalarType.Int64), extra = randn(batch, 2, ScalarType.Float64);
            twins.Compare(() => twins.Plain.call(ids, extra), () => trainer.call(ids, extra));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKindTrainsAsItself(Kind kind)
    {
        using IDisposable _ = Activation.Override(kind);
        Same(() => new EveryKind(), model => model.ToTraining(), () => randn(5, 6));
    }

    [Fact]
    public void InFloat32GradientsAreTheModelsToRounding() => Same(() => new ResNet(), model => model.ToTraining(), () => randn(3, 1, 8, 8), ScalarType.Float32, 1e-5);

    public static TheoryData<Kind> Kinds => [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.PReLU)];

    private static void Same<T>(Func<T> create, Func<T, Module<Tensor, Tensor>> toTraining, Func<Tensor> input, ScalarType type = ScalarType.Float64, double tolerance = 0)
        where T : Module<Tensor, Tensor>
    {
        using var twins = new Twins<T>(create, type);
        using Module<Tensor, Tensor> trainer = toTraining(twins.Model);
        for (int step = 0; step < 3; step++)
        {
            using Tensor sample = input();
            using Tensor x = sample.to(type);
            twins.Compare(() => twins.Plain.call(x), () => trainer.call(x), tolerance);
        }
    }
}
