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

    /// <summary>x·Φ(x) with Φ the standard normal distribution function (Hendrycks, Gimpel, arXiv 1606.08415). No parameter.</summary>
    GELU = 2,

    /// <summary>x·sigmoid(beta·x), also called Swish (arXiv 1702.03118, 1710.05941). beta: finite, above 0; 1 by default.</summary>
    SiLU = 3,

    /// <summary>x where x &gt; 0, else slope·x (Maas, Hannun, Ng, 2013). slope: finite; 0.01 by default.</summary>
    LeakyReLU = 4,

    /// <summary>x where x &gt; 0, else alpha·(exp(x) - 1) (arXiv 1511.07289). alpha: finite, above 0; 1 by default.</summary>
    ELU = 5,

    /// <summary>x·tanh(softplus(x)) (Misra, arXiv 1908.08681). No parameter.</summary>
    Mish = 6,

    /// <summary>Forward max(0, x), and the whole gradient passes everywhere: the straight-through estimator (Bengio, Léonard, Courville, arXiv 1308.3432). No parameter.</summary>
    StraightThrough = 7,

    /// <summary>Forward max(0, x); the gradient is that of LeakyReLU: 1 where x &gt; 0, else slope. slope: finite; 0.01 by default.</summary>
    LeakyBackward = 8,

    /// <summary>
    /// Forward max(0, x); the gradient passes where |x| ≤ clip and is 0 elsewhere, as that of hard tanh: the straight-through estimator that cancels the gradient
    /// of saturated units (Hubara et al., arXiv 1602.02830). clip: finite, above 0; 1 by default.
    /// </summary>
    ClippedStraightThrough = 9,

    /// <summary>
    /// Forward max(0, x); the gradient is that of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2 (Horuz et al., arXiv 2505.22074). alpha: finite, above 0; 1.67 by default.
    /// </summary>
    SUGAR = 10,

    /// <summary>
    /// x where x &gt; 0, else w·x with one learnable w a layer (He et al., arXiv 1502.01852). init, w at the start: finite; 0.25 by default.
    /// For ReLU modules only, which get a parameter named weight; a function has no place for one, and is reported.
    /// </summary>
    PReLU = 11,

    /// <summary>1.0507·(x where x &gt; 0, else 1.6733·(exp(x) - 1)) (arXiv 1706.02515). No parameter.</summary>
    SELU = 12,

    /// <summary>x where x &gt; 0, else alpha·(exp(x/alpha) - 1) (arXiv 1704.07483). alpha: finite, above 0; 1 by default.</summary>
    CELU = 13,

    /// <summary>GELU by its tanh form, x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))) (arXiv 1606.08415). No parameter.</summary>
    GELUTanh = 14,

    /// <summary>
    /// log(1 + exp(beta·x))/beta, and x itself where beta·x &gt; threshold. beta: finite, above 0; 1 by default. threshold: finite, above 0; 20 by default.
    /// </summary>
    Softplus = 15,

    /// <summary>x·min(max(0, x + 3), 6)/6 (arXiv 1905.02244). No parameter.</summary>
    Hardswish = 16,

    /// <summary>min(max(0, x), 6) (arXiv 1704.04861). No parameter.</summary>
    ReLU6 = 17,

    /// <summary>max(0, x)² (So et al., arXiv 2109.08668). No parameter.</summary>
    SquaredReLU = 18,

    /// <summary>0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta (Shamir, Lin, arXiv 2010.09931). beta: finite, above 0; 1 by default.</summary>
    SmeLU = 19,

    /// <summary>x·exp(-exp(-x)) (Das et al., arXiv 2502.03654). No parameter.</summary>
    GoLU = 20,

    /// <summary>
    /// LeakyReLU convolved with a normal density of standard deviation sigma (Biswas et al., arXiv 2109.13210, which writes 1/n for sigma).
    /// slope: finite; 0.15 by default, as in the paper. sigma: finite, above 0; 1 by default.
    /// </summary>
    SAU = 21,

    /// <summary>x: the ReLU is removed, as ReLU reduction for private inference does. No parameter.</summary>
    Identity = 22,

    /// <summary>
    /// a·x² + b·x + c, the polynomial stand-in of private inference. a, b, c: finite; by default the parabola closest to ReLU on standard normal inputs,
    /// a = c = 1/(2√(2π)), b = 1/2.
    /// </summary>
    Quadratic = 23,
}
