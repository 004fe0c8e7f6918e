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
/// The comparison with -alpha is in float64 for float64 and in float32 for the narrower types.
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
        if (!RecordsGradient(x) || Threshold(x, alpha) is not (< 0 and var minusAlpha))
            return x.relu();
        using Scalar threshold = minusAlpha;
        using Scalar zero = 0.0;
        Tensor y = x.threshold(threshold, zero);
        using (no_grad())
            y.relu_();
        return y;
    }

    /// <summary>Overwrites <paramref name="x"/> and returns the same object, as <c>relu_</c> does.</summary>
    public static Tensor ApplyInPlace(Tensor x, double alpha)
    {
        if (!RecordsGradient(x) || Threshold(x, alpha) is not (< 0 and var minusAlpha))
            return x.relu_();
        using Scalar threshold = minusAlpha;
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

    /// <summary>
    /// -alpha as a value of x's type: the largest that is not above it (float32's and float64's nearest, which is what libtorch
    /// compares with). A 16-bit x is above this value exactly where it is above -alpha in float32, in which <c>threshold</c> compares;
    /// <c>le</c> rounds to x's type first. -infinity, so that all but -infinity pass, where alpha is beyond the type's range, which
    /// libtorch refuses; 0, which means ReLU, where it is too small for float32.
    /// </summary>
    private static double Threshold(Tensor x, double alpha)
    {
        ScalarType dtype = x.dtype;
        if (dtype == ScalarType.Float64)
            return -alpha;
        float minusAlpha = -(float)alpha;
        return dtype switch
        {
            ScalarType.Float16 => Float16NotAbove(minusAlpha),
            ScalarType.BFloat16 => BFloat16NotAbove(minusAlpha),
            _ => minusAlpha,
        };
    }

    private static float Float16NotAbove(float value)
    {
        var nearest = (Half)value;
        return (float)((float)nearest > value ? Half.BitDecrement(nearest) : nearest);
    }

    // A bfloat16 is the upper half of a float32; below zero, down is the larger magnitude.
    private static float BFloat16NotAbove(float negative) =>
        BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(negative) + 0xFFFF) & 0xFFFF_0000);

    private static bool RecordsGradient(Tensor x) => x.requires_grad && is_grad_enabled();
}
