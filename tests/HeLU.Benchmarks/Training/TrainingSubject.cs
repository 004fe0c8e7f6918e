extern alias annotated;
extern alias byhand;
extern alias plain;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Annotated = annotated::Helu.Benchmarks.Training.Models;
using ByHand = byhand::Helu.Benchmarks.Training.Models;
using Plain = plain::Helu.Benchmarks.Training.Models;

namespace Helu.Benchmarks.Training;

/// <summary>A model whose training step is measured.</summary>
/// <param name="Name">As rows call it.</param>
/// <param name="InputShape">A batch's.</param>
/// <param name="Relu">Makes the plain model.</param>
/// <param name="Intercepted">Makes the annotated model.</param>
/// <param name="Fused">Makes the fused training module of what <paramref name="Intercepted"/> makes.</param>
/// <param name="Function">Makes the model with HeLU written by hand.</param>
/// <param name="Rounds">The fewest rounds that its times are taken over.</param>
internal sealed record TrainingSubject(
    string Name,
    long[] InputShape,
    Func<Module<Tensor, Tensor>> Relu,
    Func<Module<Tensor, Tensor>> Intercepted,
    Func<Module<Tensor, Tensor>> Fused,
    Func<Module<Tensor, Tensor>> Function,
    int Rounds = 31)
{
    private const long HiddenBatch = 1024;
    private const long HiddenWidth = 512;

    /// <summary>The classifiers.</summary>
    public static IReadOnlyList<TrainingSubject> All { get; } =
    [
        new("mlp784", [128, 784], () => new Plain.Mlp(), () => new Annotated.Mlp(), () => new Annotated.Mlp().ToTraining(), () => new ByHand.Mlp()),
        new("mlp10x256", [128, 256], () => new Plain.DeepMlp(), () => new Annotated.DeepMlp(), () => new Annotated.DeepMlp().ToTraining(), () => new ByHand.DeepMlp()),
        new("lenet", [64, 1, 28, 28], () => new Plain.LeNet(), () => new Annotated.LeNet(), () => new Annotated.LeNet().ToTraining(), () => new ByHand.LeNet()),
        new("vgg", [32, 3, 32, 32], () => new Plain.Vgg(), () => new Annotated.Vgg(), () => new Annotated.Vgg().ToTraining(), () => new ByHand.Vgg()),
        new("vgg-sequential", [32, 3, 32, 32], () => new Plain.VggSequential(), () => new Annotated.VggSequential(), () => new Annotated.VggSequential().ToTraining(), () => new ByHand.VggSequential()),
        new("resnet18", [16, 3, 32, 32], () => new Plain.ResNet18(), () => new Annotated.ResNet18(), () => new Annotated.ResNet18().ToTraining(), () => new ByHand.ResNet18(), Rounds: 11),
    ];

    /// <summary>A Linear layer of as many outputs as inputs, with its activation.</summary>
    public static TrainingSubject Hidden { get; } =
        new("hidden", [HiddenBatch, HiddenWidth], () => new Plain.Hidden(), () => new Annotated.Hidden(), () => new Annotated.Hidden().ToTraining(), () => new ByHand.Hidden());

    /// <summary>The same layer without.</summary>
    public static TrainingSubject HiddenLinear { get; } =
        new("hidden-linear", [HiddenBatch, HiddenWidth], Layer, Layer, Layer, Layer);

    /// <summary>Of the output of <see cref="Hidden"/>.</summary>
    public static long HiddenElements => HiddenBatch * HiddenWidth;

    /// <summary>Every subject there is.</summary>
    public static IEnumerable<TrainingSubject> Measured => [.. All, Hidden, HiddenLinear];

    /// <summary>Makes the model in a form.</summary>
    public Module<Tensor, Tensor> Create(TrainingForm form) => form switch
    {
        TrainingForm.Relu => Relu(),
        TrainingForm.Intercepted => Intercepted(),
        TrainingForm.Fused => Fused(),
        TrainingForm.Function => Function(),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Not a value of TrainingForm."),
    };

    private static Module<Tensor, Tensor> Layer() => Linear(HiddenWidth, HiddenWidth);
}
