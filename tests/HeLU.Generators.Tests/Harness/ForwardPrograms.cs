using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Generators.Tests.Harness;

/// <summary>A class for each of several bodies of <c>forward</c>, compiled into one program with an attribute and one without.</summary>
internal sealed class ForwardPrograms : IDisposable
{
    private readonly string[] _bodies;
    private readonly SwappedProgram _annotated;
    private readonly SwappedProgram _plain;

    public ForwardPrograms(IEnumerable<string> bodies)
    {
        _bodies = [.. bodies];
        _annotated = new([Types, .. _bodies.Select((body, index) => Source(body, index, "[Activation(Kind.HeLU)]"))]);
        _plain = new([Types, .. _bodies.Select((body, index) => Source(body, index, ""))]);
    }

    /// <summary>The model with its weights from <paramref name="seed"/>, in float64.</summary>
    public Module<Tensor, Tensor> Annotated(string body, long seed = 1) => Create(_annotated, body, seed);

    public Module<Tensor, Tensor> Plain(string body, long seed = 1) => Create(_plain, body, seed);

    /// <summary>The file that is generated for a body's class.</summary>
    public string Generated(string body) => _annotated.Generated.Single(text => text.Contains($"The ReLUs of N{IndexOf(body)}.Net,", StringComparison.Ordinal));

    /// <summary>The line that the body stands on, counted from 1.</summary>
    public int LineOf(string body) => 1 + Array.FindIndex(Source(body, IndexOf(body), "").Split('\n'), line => line.Contains(body, StringComparison.Ordinal));

    public void Dispose()
    {
        _annotated.Dispose();
        _plain.Dispose();
    }

    private Module<Tensor, Tensor> Create(SwappedProgram program, string body, long seed)
    {
        manual_seed(seed);
        return program.Create<Module<Tensor, Tensor>>($"N{IndexOf(body)}.Net");
    }

    private int IndexOf(string body) => Array.IndexOf(_bodies, body) is >= 0 and var index ? index : throw new ArgumentException("Not one of the bodies: " + body, nameof(body));

    /// <summary>Types of the user's own: what they return is theirs.</summary>
    private const string Types =
        Programs.Usings
        + """
        /// <summary>Returns its input.</summary>
        public sealed class Same : Module<Tensor, Tensor>
        {
            public Same() : base("Same") { }
            public override Tensor forward(Tensor x) => x;
        }

        /// <summary>Keeps what its layer returned.</summary>
        public sealed class Keeps : Module<Tensor, Tensor>
        {
            public readonly Linear layer = Linear(6, 6, dtype: float64);
            public Tensor Kept = zeros(0);
            public Keeps() : base("Keeps") => register_module("layer", layer);
            public override Tensor forward(Tensor x) => Kept = layer.call(x);
        }

        /// <summary>An operator of the user's own that returns what it holds.</summary>
        public sealed class Holder(Tensor held)
        {
            public static Tensor operator +(Holder left, int right) => left.Held;
            public Tensor Held => held;
        }
        """;

    private static string Source(string body, int index, string attribute) =>
        Programs.Usings
        + $$"""
        namespace N{{index}}
        {
            {{attribute}}
            public class Net : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(6, 6, dtype: float64);
                private readonly Linear fc2 = Linear(6, 6, dtype: float64);
                private readonly BatchNorm1d bn1 = BatchNorm1d(6, dtype: float64);
                private readonly Conv2d conv = Conv2d(1, 2, 1, dtype: float64);
                private readonly Conv1d conv1 = Conv1d(2, 2, 1, dtype: float64);
                private readonly Conv3d conv3 = Conv3d(1, 1, 1, dtype: float64);
                private readonly ConvTranspose2d up = ConvTranspose2d(1, 2, 1, dtype: float64);
                private readonly ReLU act = ReLU();
                private readonly ReLU inPlace = ReLU(inplace: true);
                private readonly Module<Tensor, Tensor> any = Linear(6, 6, dtype: float64);
                private readonly IModule<Tensor, Tensor> byInterface = Linear(6, 6, dtype: float64);
                private readonly Module<Tensor, Tensor> same = new Same();
                private readonly Module<Tensor, Tensor> alias = Identity();
                private readonly Module<Tensor, Tensor> pool = MaxPool2d(1);
                private readonly Keeps keeps = new();
                private readonly Sequential seq = Sequential(Linear(6, 6, dtype: float64), BatchNorm1d(6, dtype: float64));
                private readonly Sequential endsInAlias = Sequential(Linear(6, 6, dtype: float64), Identity());
                private readonly List<Module<Tensor, Tensor>> layers = new() { Linear(6, 6, dtype: float64), Linear(6, 6, dtype: float64) };
                private static readonly double s_one = 1;
                private Tensor field = zeros(0);

                public Net() : base("Net") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    {{body}}
                }

                private Tensor Grid(Tensor x) => x.view(4, 1, 2, 3);
            }
        }
        """;
}
