namespace Helu;

/// <summary>The activation that takes the place of every ReLU in the code that an <see cref="ActivationAttribute"/> speaks for.</summary>
public enum Kind
{
    /// <summary>ReLU, max(0, x): nothing is swapped. Opts a member out of its class's attribute, or a class out of its assembly's.</summary>
    ReLU = 0,

    /// <summary>
    /// Hysteresis ReLU (Kimhi et al., arXiv 2411.10573): forward max(0, x), and the gradient passes where x &gt; -alpha.
    /// alpha: 0 or more, finite; 0.05 by default.
    /// </summary>
    HeLU = 1,

    /// <summary>x·Φ(x) with Φ the standard normal distribution function (Hendrycks, Gimpel, arXiv 1606.08415). No alpha.</summary>
    GELU = 2,

    /// <summary>x·sigmoid(x), also called Swish (arXiv 1702.03118, 1710.05941). No alpha.</summary>
    SiLU = 3,

    /// <summary>x where x &gt; 0, else alpha·x. alpha is the negative slope: finite; 0.01 by default.</summary>
    LeakyReLU = 4,

    /// <summary>x where x &gt; 0, else alpha·(exp(x) - 1) (arXiv 1511.07289). alpha: finite, above 0; 1 by default.</summary>
    ELU = 5,

    /// <summary>x·tanh(softplus(x)) (Misra, arXiv 1908.08681). No alpha.</summary>
    Mish = 6,
}
