using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Activations as types, from which <see cref="ActivationKernel"/> makes a loop each. Special values come out as PyTorch has them.</summary>
/// <typeparam name="TSimd">The operations.</typeparam>
/// <typeparam name="V">The vector.</typeparam>
internal static class ActivationFunctions<TSimd, V>
    where TSimd : ISimd<V>
    where V : unmanaged
{
    internal interface IActivation
    {
        V Apply(V x);
    }

    /// <summary>min(max(low, x), high).</summary>
    internal readonly struct Clamp(float low, float high) : IActivation
    {
        private readonly V _low = TSimd.Broadcast(low);
        private readonly V _high = TSimd.Broadcast(high);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => TSimd.AtMost(TSimd.AtLeast(x, _low), _high);
    }

    internal readonly struct LeakyReLU(float slope) : IActivation
    {
        private readonly V _slope = TSimd.Broadcast(slope);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => TSimd.SelectGreater(x, TSimd.Zero, x, TSimd.Multiply(_slope, x));
    }

    /// <summary>positive·x where x &gt; 0, else negative·(e^(inner·x) - 1): ELU, SELU and CELU.</summary>
    internal readonly struct ELU(float positive, float negative, float inner) : IActivation
    {
        private readonly V _positive = TSimd.Broadcast(positive);
        private readonly V _negative = TSimd.Broadcast(negative);
        private readonly V _inner = TSimd.Broadcast(inner);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V below = TSimd.AtMost(TSimd.Multiply(x, _inner), TSimd.Zero);
            V negative = TSimd.Multiply(_negative, ActivationMath<TSimd, V>.ExpM1OfNegative(below));
            return TSimd.SelectGreater(x, TSimd.Zero, TSimd.Multiply(_positive, x), negative);
        }
    }

    internal readonly struct GELU : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => TSimd.Multiply(x, ActivationMath<TSimd, V>.NormalDistribution(x));
    }

    /// <summary>(1 + tanh u)/2 = sigmoid(2u), so x/(1 + e^(-2u)) with 2u = √(8/π)·(x + 0.044715·x³).</summary>
    internal readonly struct GELUTanh : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V inner = TSimd.MultiplyAdd(TSimd.Multiply(x, x), TSimd.Broadcast(0.044715f * 1.5957691216057308f), TSimd.Broadcast(1.5957691216057308f));
            return TSimd.Divide(x, ActivationMath<TSimd, V>.OnePlusExpOfMinus(TSimd.Multiply(x, inner)));
        }
    }

    internal readonly struct SiLU(float beta) : IActivation
    {
        private readonly V _minusBeta = TSimd.Broadcast(-beta);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => TSimd.Divide(x, TSimd.Add(TSimd.Broadcast(1), ActivationMath<TSimd, V>.Exp(TSimd.Multiply(x, _minusBeta))));
    }

    /// <summary>With e = exp(x): tanh(ln(1 + e)) = e·(e + 2)/(e·(e + 2) + 2), which is 1 in float32 long before e·e overflows.</summary>
    internal readonly struct Mish : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V two = TSimd.Broadcast(2);
            V e = ActivationMath<TSimd, V>.Exp(TSimd.AtMost(x, TSimd.Broadcast(20)));
            V n = TSimd.Multiply(e, TSimd.Add(e, two));
            return TSimd.Multiply(x, TSimd.Divide(n, TSimd.Add(n, two)));
        }
    }

    internal readonly struct Sigmoid : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => ActivationMath<TSimd, V>.Sigmoid(x);
    }

    internal readonly struct Tanh : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => ActivationMath<TSimd, V>.Tanh(x);
    }

    /// <summary>ln(1 + e^z)/beta with z = beta·x, as (max(z, 0) + ln(1 + e^-|z|))/beta; x itself where z &gt; threshold.</summary>
    internal readonly struct Softplus(float beta, float threshold) : IActivation
    {
        private readonly V _beta = TSimd.Broadcast(beta);
        private readonly V _threshold = TSimd.Broadcast(threshold);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V z = TSimd.Multiply(x, _beta);
            V e = ActivationMath<TSimd, V>.Exp(TSimd.Subtract(TSimd.Zero, TSimd.Abs(z)));
            V sum = TSimd.Add(TSimd.AtLeast(z, TSimd.Zero), ActivationMath<TSimd, V>.Log1P(e));
            return TSimd.SelectGreater(z, _threshold, x, TSimd.Divide(sum, _beta));
        }
    }

    internal readonly struct Hardsigmoid : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V shifted = TSimd.AtLeast(TSimd.Add(x, TSimd.Broadcast(3)), TSimd.Zero);
            return TSimd.Multiply(TSimd.AtMost(shifted, TSimd.Broadcast(6)), TSimd.Broadcast(1 / 6f));
        }
    }

    internal readonly struct Hardswish : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => TSimd.Multiply(x, default(Hardsigmoid).Apply(x));
    }

    internal readonly struct SquaredReLU : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V positive = TSimd.AtLeast(x, TSimd.Zero);
            return TSimd.Multiply(positive, positive);
        }
    }

    /// <summary>t²/(4·beta) with t = max(x + beta, 0), and x itself where x &gt; beta.</summary>
    internal readonly struct SmeLU(float beta) : IActivation
    {
        private readonly V _beta = TSimd.Broadcast(beta);
        private readonly V _curvature = TSimd.Broadcast(0.25f / beta);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V t = TSimd.AtLeast(TSimd.Add(x, _beta), TSimd.Zero);
            return TSimd.SelectGreater(x, _beta, x, TSimd.Multiply(t, TSimd.Multiply(t, _curvature)));
        }
    }

    internal readonly struct GoLU : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V e = ActivationMath<TSimd, V>.Exp(TSimd.Subtract(TSimd.Zero, x));
            return TSimd.Multiply(x, ActivationMath<TSimd, V>.Exp(TSimd.Subtract(TSimd.Zero, e)));
        }
    }

    /// <summary>
    /// LeakyReLU(x) + (1 - slope)·sigma·h(|x|/sigma) with h(a) = φ(a) - a·Φ(-a): what the smoothing adds is even in x, and 0 in float32 from a = 20 on.
    /// </summary>
    internal readonly struct SAU(float slope, float sigma) : IActivation
    {
        private readonly V _slope = TSimd.Broadcast(slope);
        private readonly V _inverse = TSimd.Broadcast(1 / sigma);
        private readonly V _height = TSimd.Broadcast((1 - slope) * sigma);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x)
        {
            V a = TSimd.AtMost(TSimd.Multiply(TSimd.Abs(x), _inverse), TSimd.Broadcast(20));
            V leaky = TSimd.SelectGreater(x, TSimd.Zero, x, TSimd.Multiply(_slope, x));
            return TSimd.MultiplyAdd(_height, ActivationMath<TSimd, V>.NormalLoss(a), leaky);
        }
    }

    internal readonly struct Quadratic(float a, float b, float c) : IActivation
    {
        private readonly V _a = TSimd.Broadcast(a);
        private readonly V _b = TSimd.Broadcast(b);
        private readonly V _c = TSimd.Broadcast(c);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply(V x) => TSimd.MultiplyAdd(TSimd.MultiplyAdd(_a, x, _b), x, _c);
    }
}
