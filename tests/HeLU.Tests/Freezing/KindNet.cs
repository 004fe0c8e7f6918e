using Helu.Inference;
using Helu.Inference.Tracing;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Freezing;

/// <summary>
/// A model with a kind in the place of every ReLU: behind a convolution, of what no layer makes, as a child of a container. Its recorded forward is written by hand, as the generator would write it.
/// </summary>
internal sealed class KindNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv = Conv2d(2, 4, 3, padding: 1);
    private readonly Sequential head;
    private readonly string kind;
    private readonly double[] values;

    static KindNet() => ModelClasses.Add(new ModelClass
    {
        TypeName = typeof(KindNet).FullName!,
        Inputs = ["x"],
        IndexInputs = [false],
        Modules = [nameof(conv), nameof(head)],
        Values = [nameof(kind), nameof(values)],
        Parameters = [],
        Forward = static (self, inputs) =>
        {
            ActivationSpec spec = Spec(self.value<string>("kind"), self.value<double[]>("values"));
            Value x = Ops.relu(inputs[0], spec);
            Value y = Ops.relu(self.module("conv").call(inputs[0]), spec);
            return self.module("head").call(Ops.flatten(Ops.cat([x, y], 1), 1, -1));
        },
    });

    public KindNet(ActivationSpec spec)
        : base(nameof(KindNet))
    {
        (kind, values) = (spec.Kind.ToString(), [spec.P0, spec.P1, spec.P2]);
        head = Sequential(Linear(6 * 4 * 4, 8), Swap.Child<Module<Tensor, Tensor>>(ReLU(), spec), Linear(8, 8), Swap.Child<Module<Tensor, Tensor>>(ReLU(inplace: true), spec), Linear(8, 3));
        RegisterComponents();
    }

    public static Tensor Images(int batch) => randn(batch, 2, 4, 4) * 2;

    public override Tensor forward(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        ActivationSpec spec = Spec(kind, values);
        Tensor alone = Swap.relu(x, spec, "layer"), behind = Swap.relu(conv.call(x), spec, "layer");
        return head.call(cat([alone, behind], 1).flatten(1)).MoveToOuterDisposeScope();
    }

    public KindNetInference ToInference(InferenceBackend backend) =>
        new(Freezer.Freeze(this, new InferenceOptions { Backend = backend, InputShapes = [[2, 4, 4]] }));

    private static ActivationSpec Spec(string kind, double[] values) => new(Enum.Parse<Kind>(kind), values[0], values[1], values[2]);
}

internal sealed class KindNetInference(FrozenModel frozen) : InferenceModel(frozen)
{
    public void Run(ReadOnlySpan<float> x, Span<float> output) => Execute(output, x);
}
