using System.ComponentModel;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Nodes.Training;

namespace Helu.Inference.Tracing;

/// <summary>The operations of a forward, by PyTorch's names: each records a node. Used by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Ops
{
    /// <summary>A ReLU of the model's code, as the attribute that speaks for it says. HeLU's forward is ReLU's.</summary>
    public static Value relu(Value x, ActivationSpec spec)
    {
        spec = Resolved(spec);
        if (IsTraining)
            return Graph.Recording.Add(new ActivationCallNode(spec, x));
        return spec.Kind switch
        {
            Kind.ReLU => Activate(x, ActivationFunction.ReLU),
            Kind.HeLU => helu(x, spec.P0),
            Kind.GELU => gelu(x, tanh: false),
            Kind.SiLU => silu(x),
            Kind.LeakyReLU => leaky_relu(x, spec.P0),
            Kind.ELU => elu(x, spec.P0),
            Kind.Mish => mish(x),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec, "Not a value of Helu.Kind."),
        };
    }

    /// <summary>x·Φ(x), or with <paramref name="tanh"/> its tanh form.</summary>
    public static Value gelu(Value x, bool tanh) => Activate(x, tanh ? ActivationFunction.GELUTanh : ActivationFunction.GELU);

    /// <summary>x·sigmoid(x).</summary>
    public static Value silu(Value x) => Activate(x, ActivationFunction.SiLU);

    /// <summary>x where x &gt; 0, else negative_slope·x.</summary>
    public static Value leaky_relu(Value x, double negative_slope) => Activate(x, ActivationFunction.LeakyReLU, negative_slope);

    /// <summary>x where x &gt; 0, else alpha·(exp(x) - 1).</summary>
    public static Value elu(Value x, double alpha) => Activate(x, ActivationFunction.ELU, alpha);

    /// <summary>Scaled ELU.</summary>
    public static Value selu(Value x) => Activate(x, ActivationFunction.SELU);

    /// <summary>x where x &gt; 0, else alpha·(exp(x/alpha) - 1).</summary>
    public static Value celu(Value x, double alpha) => Activate(x, ActivationFunction.CELU, alpha);

    /// <summary>x·tanh(softplus(x)).</summary>
    public static Value mish(Value x) => Activate(x, ActivationFunction.Mish);

    /// <summary>1/(1 + exp(-x)).</summary>
    public static Value sigmoid(Value x) => Activate(x, ActivationFunction.Sigmoid);

    /// <summary>tanh(x).</summary>
    public static Value tanh(Value x) => Activate(x, ActivationFunction.Tanh);

    /// <summary>log(1 + exp(beta·x))/beta; x where beta·x &gt; threshold.</summary>
    public static Value softplus(Value x, double beta, double threshold) => Activate(x, ActivationFunction.Softplus, beta, threshold);

    /// <summary>min(max(0, x), 6).</summary>
    public static Value relu6(Value x) => Activate(x, ActivationFunction.ReLU6);

    /// <summary>min(max(min_val, x), max_val).</summary>
    public static Value hardtanh(Value x, double min_val, double max_val) => Activate(x, ActivationFunction.Hardtanh, min_val, max_val);

    /// <summary>min(max(0, x + 3), 6)/6.</summary>
    public static Value hardsigmoid(Value x) => Activate(x, ActivationFunction.Hardsigmoid);

    /// <summary>x·min(max(0, x + 3), 6)/6.</summary>
    public static Value hardswish(Value x) => Activate(x, ActivationFunction.Hardswish);

    /// <summary>exp(x)/Σexp(x) over <paramref name="dim"/>.</summary>
    public static Value softmax(Value x, long dim) => Graph.Recording.Add(new SoftmaxNode(x, dim, isLog: false));

    /// <summary>x - log Σexp(x) over <paramref name="dim"/>.</summary>
    public static Value log_softmax(Value x, long dim) => Graph.Recording.Add(new SoftmaxNode(x, dim, isLog: true));

    /// <summary>max(0, x), with alpha to tell where it came from.</summary>
    internal static Value helu(Value x, double alpha) => Graph.Recording.Add(new ActivationNode(x, new Epilogue(ActivationFunction.ReLU)) { HeluAlpha = alpha });

    /// <summary>The kind that the recording asks for in the place of every swapped ReLU.</summary>
    internal static ActivationSpec Resolved(ActivationSpec spec) => spec.Kind != Kind.ReLU && Graph.Recording.Settings.Override is { } asked ? asked : spec;

    private static Value Activate(Value x, ActivationFunction function, double alpha = 0, double beta = 0) => Graph.Recording.Add(IsTraining
        ? new FunctionNode(function, alpha, beta, x)
        : new ActivationNode(x, new Epilogue(function, (float)alpha, (float)beta)));
}
