namespace Helu.Inference;

/// <summary>The activations that kernels compute, with PyTorch's names and formulas.</summary>
internal enum ActivationFunction
{
    /// <summary>x.</summary>
    None,

    /// <summary>max(0, x); NaN stays NaN.</summary>
    ReLU,

    /// <summary>x where x &gt; 0, else alpha·x.</summary>
    LeakyReLU,

    /// <summary>x where x &gt; 0, else alpha·(exp(x) - 1).</summary>
    ELU,

    /// <summary>1.0507009873554804934193349852946·(x where x &gt; 0, else 1.6732632423543772848170429916717·(exp(x) - 1)).</summary>
    SELU,

    /// <summary>x where x &gt; 0, else alpha·(exp(x/alpha) - 1).</summary>
    CELU,

    /// <summary>x·Φ(x) = x/2·(1 + erf(x/√2)).</summary>
    GELU,

    /// <summary>x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    GELUTanh,

    /// <summary>x·sigmoid(x).</summary>
    SiLU,

    /// <summary>x·tanh(softplus(x)).</summary>
    Mish,

    /// <summary>1/(1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>log(1 + exp(alpha·x))/alpha, and x itself where alpha·x &gt; beta (PyTorch's beta and threshold).</summary>
    Softplus,

    /// <summary>min(max(0, x), 6).</summary>
    ReLU6,

    /// <summary>min(max(alpha, x), beta).</summary>
    Hardtanh,

    /// <summary>min(max(0, x + 3), 6)/6.</summary>
    Hardsigmoid,

    /// <summary>x·min(max(0, x + 3), 6)/6.</summary>
    Hardswish,
}
