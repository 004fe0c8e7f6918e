using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>
/// HeLU in native operations. Forward max(0, x); gradient: grad where x &gt; -alpha, else 0 (arXiv 2411.10573), and, as with ReLU,
/// the gradient passes where x is NaN. The comparison with -alpha is in float64 for float64 and in float32 for the narrower types.
/// </summary>
/// <remarks>
/// A new tensor: threshold(x, -alpha, 0) keeps x where x &gt; -alpha and records exactly the mask that HeLU's gradient needs; ReLU of its output,
/// hidden from autograd, is ReLU of x. It keeps x for the backward pass.
/// In place: x becomes its ReLU, hidden from autograd, and is then multiplied by a mask of one byte an element, which is all that is kept. The product
/// makes a gradient of 0 from every finite one where the mask is 0, its sign kept, and NaN from an infinite one.
/// </remarks>
internal static class Hysteresis
{
    private static readonly Tensor s_one = tensor((sbyte)1).DetachFromDisposeScope();

    public static Tensor Apply(Tensor x, double alpha, bool inplace)
    {
        if (!inplace)
            return Apply(x, alpha);
        return ApplyInPlace(x, alpha).alias();
    }

    public static Tensor Apply(Tensor x, double alpha)
    {
        if (!Gradients.Recorded(x) || Threshold(x, alpha) is not (< 0 and var minusAlpha))
            return x.relu();
        Tensor y = x.threshold(Scalars.Of(minusAlpha), Scalars.Zero);
        using (no_grad())
            y.relu_();
        return y;
    }

    /// <summary>Overwrites <paramref name="x"/> and returns the same object, as <c>relu_</c> does.</summary>
    public static Tensor ApplyInPlace(Tensor x, double alpha)
    {
        if (!Gradients.Recorded(x) || Threshold(x, alpha) is not (< 0 and var minusAlpha))
            return x.relu_();
        Gradients.RequireOverwritable(x);
        using Tensor mask = ReachKernel.Suits(x) ? ReachKernel.Run(x, (float)minusAlpha) : Rectify(x, minusAlpha);
        return x.mul_(mask);
    }

    /// <summary>Returns alpha, or throws where it is negative, NaN or infinite.</summary>
    public static double Checked(double alpha, [CallerArgumentExpression(nameof(alpha))] string? name = null)
    {
        if (double.IsFinite(alpha) && alpha >= 0)
            return alpha;
        throw new ArgumentOutOfRangeException(name, alpha, "HeLU passes the gradient where x > -alpha: alpha must be 0 or more and finite.");
    }

    /// <summary>
    /// Makes x its ReLU, hidden from autograd. Returns 1 where the gradient passes, else 0. libtorch compares fast into the type of the numbers and multiplies fast by int8: operations on bool take three to
    /// seven times as long.
    /// </summary>
    private static Tensor Rectify(Tensor x, double minusAlpha)
    {
        using IDisposable off = no_grad();
        using Tensor outOfReach = x.clone();
        outOfReach.le_(Scalars.Of(Representable(x.dtype, minusAlpha)));
        x.relu_();
        Tensor mask = outOfReach.to(ScalarType.Int8);
        return mask.bitwise_xor_(s_one);
    }

    /// <summary>The largest number of the type that is not above <paramref name="value"/>: le_ rounds what it compares with to the type of x, threshold does not.</summary>
    private static double Representable(ScalarType dtype, double value)
    {
        switch (dtype)
        {
            case ScalarType.Float16:
                var half = (Half)value;
                return (double)((double)half > value ? Half.BitDecrement(half) : half);
            case ScalarType.BFloat16:
                // The upper half of a float32; cutting a negative number's lower half off moves it up.
                uint bits = BitConverter.SingleToUInt32Bits((float)value);
                uint rest = bits & 0xFFFF;
                return BitConverter.UInt32BitsToSingle(rest == 0 ? bits : (bits | 0xFFFF) + 1);
            default:
                return value;
        }
    }

    /// <summary>
    /// -alpha in the precision of the comparison. libtorch itself refuses an alpha that float32 cannot hold: -infinity lets all but
    /// -infinity pass. 0, where alpha is too small for float32, means ReLU, which keeps a -0 that the threshold would make 0.
    /// </summary>
    private static double Threshold(Tensor x, double alpha) => x.dtype == ScalarType.Float64 ? -alpha : -(float)alpha;
}
