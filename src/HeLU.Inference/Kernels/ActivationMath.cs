using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// The functions that activations are made of. Polynomials are minimax fits of our own (Remez exchange in float64, coefficients rounded to float32);
/// each says the function it stands for and its largest error in exact arithmetic.
/// </summary>
internal static class ActivationMath<TSimd, V>
    where TSimd : ISimd<V>
    where V : unmanaged
{
    /// <summary>e^x; infinity from 88.73 on, 0 below -104, in between the subnormals too. Relative error up to 1.5e-7 where the result is normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        // Beyond these bounds the result is infinite or 0.
        x = TSimd.AtMost(TSimd.AtLeast(x, TSimd.Broadcast(-105)), TSimd.Broadcast(90));
        V whole = Split(x, out V r);
        V p = TSimd.Add(ReducedExpM1(r), TSimd.Broadcast(1));

        // 2^whole in two factors: one alone would leave the exponents that float32 has.
        V half = TSimd.Round(TSimd.Multiply(whole, TSimd.Broadcast(0.5f)));
        return TSimd.Multiply(TSimd.Multiply(p, TSimd.PowerOfTwo(half)), TSimd.PowerOfTwo(TSimd.Subtract(whole, half)));
    }

    /// <summary>e^x - 1 for x &lt;= 0, without cancellation near 0. Relative error up to 2.5e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1OfNegative(V x)
    {
        // e^-87 is far below the last bit of -1.
        V whole = Split(TSimd.AtLeast(x, TSimd.Broadcast(-87)), out V r);
        V power = TSimd.PowerOfTwo(whole);
        return TSimd.MultiplyAdd(power, ReducedExpM1(r), TSimd.Subtract(power, TSimd.Broadcast(1)));
    }

    /// <summary>tanh x = sign(x)·-t/(2 + t) with t = e^(-2|x|) - 1. Relative error up to 4e-7, absolute up to 1.5e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        V t = ExpM1OfNegative(TSimd.Multiply(TSimd.Abs(x), TSimd.Broadcast(-2)));
        return TSimd.CopySign(TSimd.Divide(t, TSimd.Add(t, TSimd.Broadcast(2))), x);
    }

    /// <summary>1/(1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x) => TSimd.Divide(TSimd.Broadcast(1), OnePlusExpOfMinus(x));

    /// <summary>1 + e^-x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OnePlusExpOfMinus(V x) => TSimd.Add(TSimd.Broadcast(1), Exp(TSimd.Subtract(TSimd.Zero, x)));

    /// <summary>ln(1 + u) for 0 &lt;= u &lt;= 1, as u·P(u). P fits ln(1 + u)/u on [0, 1] to a relative 2e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1P(V u)
    {
        V p = TSimd.Broadcast(0.002030241768f);
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(-0.01340753212f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(0.041478231549f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(-0.08244176208f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(0.124184370040f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(-0.16105692088f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(0.198907479643f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(-0.24987271428f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(0.333325594663f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(-0.49999982118f));
        p = TSimd.MultiplyAdd(p, u, TSimd.Broadcast(1));
        return TSimd.Multiply(p, u);
    }

    /// <summary>The standard normal distribution Φ(x) = erfc(-x/√2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalDistribution(V x)
    {
        V a = TSimd.Multiply(TSimd.Abs(x), TSimd.Broadcast(0.70710678118654752f));
        V tail = TSimd.Multiply(ScaledErfc(a), Exp(TSimd.Multiply(a, TSimd.Subtract(TSimd.Zero, a))));
        tail = TSimd.Multiply(tail, TSimd.Broadcast(0.5f));
        return TSimd.SelectGreater(x, TSimd.Zero, TSimd.Subtract(TSimd.Broadcast(1), tail), tail);
    }

    /// <summary>The standard normal loss φ(a) - a·Φ(-a) = e^(-a²/2)·(1/√(2π) - a/2·e^(a²/2)·erfc(a/√2)) for 0 &lt;= a &lt;= 20. Absolute error up to 1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalLoss(V a)
    {
        V half = TSimd.Multiply(a, TSimd.Broadcast(-0.5f));
        V rest = TSimd.MultiplyAdd(half, ScaledErfc(TSimd.Multiply(a, TSimd.Broadcast(0.70710678118654752f))), TSimd.Broadcast(0.39894228040143268f));
        return TSimd.Multiply(rest, Exp(TSimd.Multiply(a, half)));
    }

    /// <summary>
    /// e^(a²)·erfc(a) for a &gt;= 0, as t·Q(t) with t = 1/(1 + 0.4·a), the form of Abramowitz and Stegun 7.1.26. Q fits e^(a²)·erfc(a)/t to a relative 1.5e-7.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledErfc(V a)
    {
        V t = TSimd.Divide(TSimd.Broadcast(1), TSimd.MultiplyAdd(a, TSimd.Broadcast(0.4f), TSimd.Broadcast(1)));
        V q = TSimd.Broadcast(0.050254307687f);
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(-0.18287393450f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.169046506285f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(-0.00557928718f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.141420260071f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.168544322252f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.207842454314f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.225669607520f));
        q = TSimd.MultiplyAdd(q, t, TSimd.Broadcast(0.225675866007f));
        return TSimd.Multiply(q, t);
    }

    /// <summary>x = w·ln 2 + r with w whole and |r| &lt;= ln(2)/2. ln 2 is in two parts, so that w times the first is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Split(V x, out V r)
    {
        V whole = TSimd.Round(TSimd.Multiply(x, TSimd.Broadcast(1.44269504088896341f)));
        r = TSimd.MultiplyAdd(whole, TSimd.Broadcast(-0.693359375f), x);
        r = TSimd.MultiplyAdd(whole, TSimd.Broadcast(2.12194440e-4f), r);
        return whole;
    }

    /// <summary>e^r - 1 = r + r²·P(r) for |r| &lt;= ln(2)/2, to a relative 1.7e-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReducedExpM1(V r)
    {
        V p = TSimd.Broadcast(0.001388252130f);
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.008366520516f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.041667200624f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.166665434837f));
        p = TSimd.MultiplyAdd(p, r, TSimd.Broadcast(0.499999970197f));
        return TSimd.MultiplyAdd(TSimd.Multiply(r, r), p, r);
    }
}
