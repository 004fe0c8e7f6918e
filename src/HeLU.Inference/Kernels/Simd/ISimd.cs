namespace Helu.Inference.Kernels.Simd;

/// <summary>
/// The vector operations that kernels are written in, once for every width: a kernel takes <c>TSimd : ISimd&lt;V&gt;</c>, and the JIT makes
/// code of its own for each. Float32 lanes.
/// </summary>
/// <typeparam name="V">The vector: <c>Vector512&lt;float&gt;</c>, <c>Vector256&lt;float&gt;</c>, <c>Vector128&lt;float&gt;</c> or <c>float</c>.</typeparam>
internal unsafe interface ISimd<V>
    where V : unmanaged
{
    /// <summary>
    /// 1.5·2²³ + 127. Added to a whole number w it leaves w + 127, a float32's biased exponent, in the lowest bits of the sum.
    /// </summary>
    protected const float ExponentAdder = 12583039f;

    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    static abstract V Zero { get; }

    static abstract V Broadcast(float value);

    static abstract V Load(float* source);

    static abstract void Store(V value, float* destination);

    /// <summary>The first <paramref name="count"/> lanes from memory, zero in the others; no other float is read.</summary>
    static abstract V LoadPartial(float* source, int count);

    /// <summary>Writes the first <paramref name="count"/> lanes and no other float.</summary>
    static abstract void StorePartial(V value, float* destination, int count);

    /// <summary>Elements 0, 2, 4, ... of a's lanes followed by b's.</summary>
    static abstract V Even(V a, V b);

    /// <summary>Elements 1, 3, 5, ... of a's lanes followed by b's.</summary>
    static abstract V Odd(V a, V b);

    /// <summary>a0, b0, a1, b1, ...: the first half of what <see cref="Even"/> and <see cref="Odd"/> take apart.</summary>
    static abstract V ZipLow(V a, V b);

    /// <summary>The second half.</summary>
    static abstract V ZipHigh(V a, V b);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    /// <summary>a * b + c, rounded once where the machine can.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>NaN where either is NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>NaN where either is NaN.</summary>
    static abstract V Min(V a, V b);

    /// <summary>The larger of x and a low that is not NaN; x where x is NaN. One instruction, where <see cref="Max"/> takes several.</summary>
    static abstract V AtLeast(V x, V low);

    /// <summary>The smaller of x and a high that is not NaN; x where x is NaN. One instruction, where <see cref="Min"/> takes several.</summary>
    static abstract V AtMost(V x, V high);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    static abstract V Floor(V a);

    /// <summary>The nearest whole number; the even one of two.</summary>
    static abstract V Round(V a);

    /// <summary>|magnitude| with the sign of <paramref name="sign"/>.</summary>
    static abstract V CopySign(V magnitude, V sign);

    /// <summary>Per lane <paramref name="whenTrue"/> where a &gt; b, else <paramref name="whenFalse"/>; a NaN compares false.</summary>
    static abstract V SelectGreater(V a, V b, V whenTrue, V whenFalse);

    /// <summary>2 to the power of a whole number within float32's exponents (-126 to 127).</summary>
    static abstract V PowerOfTwo(V whole);

    /// <summary>How many lanes are 0 or -0.</summary>
    static abstract int CountZeros(V a);

    /// <summary>The sum over the lanes.</summary>
    static abstract float Sum(V a);

    /// <summary>The largest lane.</summary>
    static abstract float MaxLane(V a);
}
