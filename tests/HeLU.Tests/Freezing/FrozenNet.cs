using Helu.Inference;
using Helu.Inference.Tracing;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Freezing;

/// <summary>A model with a residual block, written with its recorded forward by hand, as the generator would write it.</summary>
internal sealed class FrozenNet : Module<Tensor, Tensor>
{
    private readonly Sequential stem = Sequential(Conv2d(2, 4, 3, padding: 1, bias: false), BatchNorm2d(4), ReLU(inplace: true));
    private readonly Conv2d conv = Conv2d(4, 4, 3, padding: 1);
    private readonly BatchNorm2d bn = BatchNorm2d(4);
    private readonly Module<Tensor, Tensor>? downsample;
    private readonly Dropout dropout = Dropout(0.5);
    private readonly Linear fc = Linear(4 * 4 * 4, 3);
    private readonly double scale;

    static FrozenNet() => ModelClasses.Add(new ModelClass
    {
        TypeName = typeof(FrozenNet).FullName!,
        Inputs = ["x"],
        IndexInputs = [false],
        Modules = [nameof(stem), nameof(conv), nameof(bn), nameof(downsample), nameof(dropout), nameof(fc)],
        Values = [nameof(scale)],
        Parameters = [],
        Forward = static (self, inputs) =>
        {
            Value x = self.module("stem").call(inputs[0]);
            Value identity = x;
            if (self.module_or_null("downsample") is { } downsample)
                identity = downsample.call(x);
            Value y = self.module("bn").call(self.module("conv").call(x));
            y = Ops.relu(Ops.add(y, identity), new ActivationSpec(Kind.HeLU, 0.05));
            y = Ops.mul(Ops.max_pool2d(y, [2], null, null, null, false), self.value<double>("scale"));
            return self.module("fc").call(self.module("dropout").call(Ops.flatten(y, 1, -1)));
        },
    });

    public FrozenNet(Module<Tensor, Tensor>? downsample = null, double scale = 0.5)
        : base(nameof(FrozenNet))
    {
        this.downsample = downsample;
        this.scale = scale;
        RegisterComponents();
    }

    public static Tensor Images(int batch) => randn(batch, 2, 8, 8);

    public override Tensor forward(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        x = stem.call(x);
        Tensor identity = downsample is null ? x : downsample.call(x);
        Tensor y = functional.relu(bn.call(conv.call(x)) + identity);
        y = functional.max_pool2d(y, 2) * scale;
        return fc.call(dropout.call(y.flatten(1))).MoveToOuterDisposeScope();
    }

    /// <summary>Some batches in training mode, so that the running statistics are not those of a new module.</summary>
    public FrozenNet Warmed()
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < 3; i++)
            call(Images(8) * 2 + 1);
        eval();
        return this;
    }

    public FrozenNetInference ToInference(InferenceOptions? options = null) =>
        new(Freezer.Freeze(this, (options ?? new InferenceOptions()) with { InputShapes = [[2, 8, 8]] }));

    public FrozenNetInference ToInference(InferenceBackend backend) => ToInference(new InferenceOptions { Backend = backend });
}

internal sealed class FrozenNetInference(FrozenModel frozen) : InferenceModel(frozen)
{
    public void Run(ReadOnlySpan<float> x, Span<float> output) => Execute(output, x);
}
