using Helu.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace Helu.Onnx.Tests.Harness;

/// <summary>A user's program with models that have something to name, to fold and to refuse.</summary>
public sealed class NetProgram : IDisposable
{
    private const string Source = Programs.Usings +
        """
        [Activation(Kind.HeLU, Alpha = 0.1)]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Sequential stem = Sequential(("conv", Conv2d(1, 4, 3, padding: 1, bias: false)), ("bn", BatchNorm2d(4)), ("act", ReLU()));
            private readonly Linear fc1 = Linear(256, 32), fc2 = Linear(32, 5);
            public Net() : base("Net") => RegisterComponents();
            public override Tensor forward(Tensor image) => fc2.call(functional.relu(fc1.call(stem.call(image).flatten(1))));
        }

        [Activation(Kind.ELU, Alpha = 0.7)]
        public sealed class NotPartial : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(6, 4);
            private readonly Parameter scale = Parameter(ones(4) * 3);
            public NotPartial() : base("NotPartial") => RegisterComponents();
            public override Tensor forward(Tensor x) => (fc.call(x).relu() + x.narrow(1, 0, 4).gelu()) * scale + 70000;
        }

        [Activation(Kind.HeLU)]
        public sealed class Unknown : Module<Tensor, Tensor>
        {
            private readonly Sequential layers = Sequential(Linear(6, 6), Hardshrink());
            public Unknown() : base("Unknown") => RegisterComponents();
            public override Tensor forward(Tensor x) => layers.call(x).relu();
        }

        [Activation(Kind.HeLU)]
        public sealed class ByBatch : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(6, 6);
            private readonly string how;
            public ByBatch(string how) : base("ByBatch") { this.how = how; RegisterComponents(); }
            public override Tensor forward(Tensor x)
            {
                x = fc.call(x);
                if (how == "branch")
                    return x.shape[0] > 2 ? x.relu() : x;
                if (how == "scalar")
                    return x / x.shape[0];
                if (how == "one")
                    return x.shape[0] == 1 ? x.sigmoid() : x;
                if (how == "loop")
                {
                    for (int i = 0; i < x.shape[0]; i++)
                        x = x.relu();
                    return x;
                }
                if (how == "length")
                    return x.narrow(1, 0, 6 / x.shape[0]);
                return x.shape[0] == 3 ? x.view(2, 6) : x;
            }
        }

        public static class Runner
        {
            public static Helu.Inference.InferenceModel Freeze(Net net) => net.ToInference(new Helu.Inference.InferenceOptions { InputShapes = [[1, 8, 8]] });
        }
        """;

    private readonly SwappedProgram _program = new(Source);

    /// <summary>One sample of Net's input.</summary>
    public static long[] NetShape => [1, 8, 8];

    public void Dispose() => _program.Dispose();

    /// <summary>A model with statistics of its own, in eval mode.</summary>
    internal nn.Module<Tensor, Tensor> Create(string type, params object?[] arguments)
    {
        random.manual_seed(11);
        nn.Module<Tensor, Tensor> model = _program.Create<nn.Module<Tensor, Tensor>>(type, arguments);
        if (type == "Net")
        {
            using Tensor x = randn([16, .. NetShape]);
            using Tensor y = model.call(x);
        }
        model.eval();
        return model;
    }

    internal Helu.Inference.InferenceModel Freeze(nn.Module net) => _program.Call<Helu.Inference.InferenceModel>("Runner", "Freeze", net);
}
