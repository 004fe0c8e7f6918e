using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <summary>
/// HeLU in native operations. Forward max(0, x); gradient: grad where x &gt; -alpha, else 0 (arXiv 2411.10573), and, as with ReLU,
/// the gradient passes where x is NaN.
/// </summary>
/// <remarks>
/// threshold(x, -alpha, 0) keeps x where x &gt; -alpha and records exactly the mask that HeLU's gradient needs; ReLU of its output,
/// hidden from autograd, is ReLU of x. In place the mask itself is kept (one byte an element) and x is not.
/// libtorch compares with -alpha in the precision of its kernels: float64 for float64, float32 for the narrower types.
/// </remarks>
internal static class Hysteresis
{
    public static Tensor Apply(Tensor x, double alpha, bool inplace)
    {
        if (!inplace)
            return Apply(x, alpha);
        return ApplyInPlace(x, alpha).alias();
    }

    public static Tensor Apply(Tensor x, double alpha)
    {
        if (alpha == 0 || !RecordsGradient(x))
            return x.relu();
        using Scalar threshold = -alpha;
        using Scalar zero = 0.0;
        Tensor y = x.threshold(threshold, zero);
        using (no_grad())
            y.relu_();
        return y;
    }

    /// <summary>Overwrites <paramref name="x"/> and returns the same object, as <c>relu_</c> does.</summary>
    public static Tensor ApplyInPlace(Tensor x, double alpha)
    {
        if (alpha == 0 || !RecordsGradient(x))
            return x.relu_();
        using Scalar threshold = -alpha;
        using Scalar zero = 0.0;
        using Tensor outOfReach = x.le(threshold);
        x.masked_fill_(outOfReach, zero);
        using (no_grad())
            x.relu_();
        return x;
    }

    /// <summary>Returns alpha, or throws where it is negative, NaN or infinite.</summary>
    public static double Checked(double alpha, [CallerArgumentExpression(nameof(alpha))] string? name = null)
    {
        if (double.IsFinite(alpha) && alpha >= 0)
            return alpha;
        throw new ArgumentOutOfRangeException(name, alpha, "HeLU passes the gradient where x > -alpha: alpha must be 0 or more and finite.");
    }

    private static bool RecordsGradient(Tensor x) => x.requires_grad && is_grad_enabled();
}
