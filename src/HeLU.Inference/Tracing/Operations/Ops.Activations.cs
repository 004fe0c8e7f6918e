using System.ComponentModel;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Nodes.Training;

namespace Helu.Inference.Tracing;

/// <summary>The operations of a forward, by PyTorch's names: each records a node. Used by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Ops
{
    /// <summary>A ReLU of the model's code, as the attribute that speaks for it says.</summary>
    /// <exception cref="NotSupportedException">It is to be PReLU, whose slope a module holds.</exception>
    public static Value relu(Value x, ActivationSpec spec)
    {
        return Activate(x, Resolved(spec));
    }

    /// <summary>Forward max(0, x); alpha tells how it was trained.</summary>
    public static Value helu(Value x, double alpha) => Activate(x, new ActivationSpec(Kind.HeLU, alpha));

    /// <summary>Forward max(0, x).</summary>
    public static Value straight_through(Value x) => Activate(x, new ActivationSpec(Kind.StraightThrough));

    /// <summary>Forward max(0, x); slope tells how it was trained.</summary>
    public static Value leaky_backward(Value x, double slope) => Activate(x, new ActivationSpec(Kind.LeakyBackward, slope));

    /// <summary>Forward max(0, x); clip tells how it was trained.</summary>
    public static Value clipped_straight_through(Value x, double clip) => Activate(x, new ActivationSpec(Kind.ClippedStraightThrough, clip));

    /// <summary>Forward max(0, x); alpha tells how it was trained.</summary>
    public static Value sugar(Value x, double alpha) => Activate(x, new ActivationSpec(Kind.SUGAR, alpha));

    /// <summary>x·Φ(x), or with <paramref name="tanh"/> its tanh form.</summary>
    public static Value gelu(Value x, bool tanh) => Function(x, new ActivationSpec(tanh ? Kind.GELUTanh : Kind.GELU));

    /// <summary>x·sigmoid(x).</summary>
    public static Value silu(Value x) => swish(x, 1);

    /// <summary>x·sigmoid(beta·x).</summary>
    public static Value swish(Value x, double beta) => Function(x, new ActivationSpec(Kind.SiLU, beta));

    /// <summary>x where x &gt; 0, else negative_slope·x.</summary>
    public static Value leaky_relu(Value x, double negative_slope) => Function(x, new ActivationSpec(Kind.LeakyReLU, negative_slope));

    /// <summary>x where x &gt; 0, else weight·x; weight: one element, or one for each channel of [N, C, ...].</summary>
    /// <exception cref="ArgumentException">weight has another number of elements.</exception>
    public static Value prelu(Value x, Value weight)
    {
        if (weight.numel != 1 && (x.dim < 2 || x.shape[1] != weight.numel))
            throw new ArgumentException($"prelu of {Shapes.Text(x.shape)} takes one weight, or one for each channel, the second dimension; found {Shapes.Text(weight.shape)}.");
        return Graph.Recording.Add(new PReluNode(x, weight));
    }

    /// <summary>x where x &gt; 0, else alpha·(exp(x) - 1).</summary>
    public static Value elu(Value x, double alpha) => Function(x, new ActivationSpec(Kind.ELU, alpha));

    /// <summary>Scaled ELU.</summary>
    public static Value selu(Value x) => Function(x, new ActivationSpec(Kind.SELU));

    /// <summary>x where x &gt; 0, else alpha·(exp(x/alpha) - 1).</summary>
    public static Value celu(Value x, double alpha) => Function(x, new ActivationSpec(Kind.CELU, alpha));

    /// <summary>x·tanh(softplus(x)).</summary>
    public static Value mish(Value x) => Function(x, new ActivationSpec(Kind.Mish));

    /// <summary>1/(1 + exp(-x)).</summary>
    public static Value sigmoid(Value x) => Function(x, ActivationFunction.Sigmoid);

    /// <summary>tanh(x).</summary>
    public static Value tanh(Value x) => Function(x, ActivationFunction.Tanh);

    /// <summary>log(1 + exp(beta·x))/beta; x where beta·x &gt; threshold.</summary>
    public static Value softplus(Value x, double beta, double threshold) => Function(x, new ActivationSpec(Kind.Softplus, beta, threshold));

    /// <summary>min(max(0, x), 6).</summary>
    public static Value relu6(Value x) => Function(x, new ActivationSpec(Kind.ReLU6));

    /// <summary>min(max(min_val, x), max_val).</summary>
    public static Value hardtanh(Value x, double min_val, double max_val) => Function(x, ActivationFunction.Hardtanh, min_val, max_val);

    /// <summary>min(max(0, x + 3), 6)/6.</summary>
    public static Value hardsigmoid(Value x) => Function(x, ActivationFunction.Hardsigmoid);

    /// <summary>x·min(max(0, x + 3), 6)/6.</summary>
    public static Value hardswish(Value x) => Function(x, new ActivationSpec(Kind.Hardswish));

    /// <summary>max(0, x)².</summary>
    public static Value squared_relu(Value x) => Activate(x, new ActivationSpec(Kind.SquaredReLU));

    /// <summary>0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta.</summary>
    public static Value smelu(Value x, double beta) => Activate(x, new ActivationSpec(Kind.SmeLU, beta));

    /// <summary>x·exp(-exp(-x)).</summary>
    public static Value golu(Value x) => Activate(x, new ActivationSpec(Kind.GoLU));

    /// <summary>LeakyReLU convolved with a normal density.</summary>
    public static Value sau(Value x, double slope, double sigma) => Activate(x, new ActivationSpec(Kind.SAU, slope, sigma));

    /// <summary>a·x² + b·x + c.</summary>
    public static Value quadratic(Value x, double a, double b, double c) => Activate(x, new ActivationSpec(Kind.Quadratic, a, b, c));

    /// <summary>exp(x)/Σexp(x) over <paramref name="dim"/>.</summary>
    public static Value softmax(Value x, long dim) => Graph.Recording.Add(new SoftmaxNode(x, dim, isLog: false));

    /// <summary>x - log Σexp(x) over <paramref name="dim"/>.</summary>
    public static Value log_softmax(Value x, long dim) => Graph.Recording.Add(new SoftmaxNode(x, dim, isLog: true));

    private static Value Activate(Value x, ActivationSpec spec) => Graph.Recording.Add(IsTraining ? new ActivationCallNode(spec, x) : new ActivationNode(x, spec));

    /// <summary>A function that the model's own code calls. In training it stays that very function of TorchSharp.</summary>
    private static Value Function(Value x, ActivationSpec spec) => IsTraining && spec is not { Kind: Kind.SiLU, P0: not 1 }
        ? Graph.Recording.Add(new FunctionNode(new ActivationNode(x, spec).Activation.Function, spec.P0, spec.P1, x))
        : Activate(x, spec);

    private static Value Function(Value x, ActivationFunction function, double alpha = 0, double beta = 0) => Graph.Recording.Add(IsTraining
        ? new FunctionNode(function, alpha, beta, x)
        : new ActivationNode(x, new Epilogue(function, (float)alpha, (float)beta)));

    /// <summary>The kind that the recording asks for in the place of every swapped ReLU.</summary>
    internal static ActivationSpec Resolved(ActivationSpec spec) => spec.Kind != Kind.ReLU && Graph.Recording.Settings.Override is { } asked ? asked : spec;
}
