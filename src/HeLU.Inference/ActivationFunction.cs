namespace Helu.Inference;

/// <summary>The activations that kernels compute, with PyTorch's names and formulas. Parameters are in the order in which <see cref="Epilogue"/> holds them.</summary>
internal enum ActivationFunction
{
    /// <summary>x.</summary>
    None,

    /// <summary>max(0, x); NaN stays NaN.</summary>
    ReLU,

    /// <summary>(slope): x where x &gt; 0, else slope·x.</summary>
    LeakyReLU,

    /// <summary>(alpha): x where x &gt; 0, else alpha·(exp(x) - 1).</summary>
    ELU,

    /// <summary>1.0507009873554804934193349852946·(x where x &gt; 0, else 1.6732632423543772848170429916717·(exp(x) - 1)).</summary>
    SELU,

    /// <summary>(alpha): x where x &gt; 0, else alpha·(exp(x/alpha) - 1).</summary>
    CELU,

    /// <summary>x·Φ(x) = x/2·(1 + erf(x/√2)).</summary>
    GELU,

    /// <summary>x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    GELUTanh,

    /// <summary>(beta): x·sigmoid(beta·x).</summary>
    SiLU,

    /// <summary>x·tanh(softplus(x)).</summary>
    Mish,

    /// <summary>1/(1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>(beta, threshold): log(1 + exp(beta·x))/beta, and x itself where beta·x &gt; threshold.</summary>
    Softplus,

    /// <summary>min(max(0, x), 6).</summary>
    ReLU6,

    /// <summary>(low, high): min(max(low, x), high).</summary>
    Hardtanh,

    /// <summary>min(max(0, x + 3), 6)/6.</summary>
    Hardsigmoid,

    /// <summary>x·min(max(0, x + 3), 6)/6.</summary>
    Hardswish,

    /// <summary>max(0, x)².</summary>
    SquaredReLU,

    /// <summary>(beta): 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta.</summary>
    SmeLU,

    /// <summary>x·exp(-exp(-x)).</summary>
    GoLU,

    /// <summary>(slope, sigma): slope·x + (1 - slope)·(x·Φ(x/sigma) + sigma·φ(x/sigma)), φ the standard normal density.</summary>
    SAU,

    /// <summary>(a, b, c): a·x² + b·x + c.</summary>
    Quadratic,
}
