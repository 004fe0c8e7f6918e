namespace Helu.Inference.Kernels.Simd;

/// <summary>One lane, where the machine has no vectors.</summary>
internal readonly unsafe struct SimdScalar : ISimd<float>
{
    public static int Count => 1;

    public static float Zero => 0;

    public static float Broadcast(float value) => value;

    public static float Load(float* source) => *source;

    public static void Store(float value, float* destination) => *destination = value;

    public static float LoadPartial(float* source, int count) => count > 0 ? *source : 0;

    public static void StorePartial(float value, float* destination, int count)
    {
        if (count > 0)
            *destination = value;
    }

    public static float Even(float a, float b) => a;

    public static float Odd(float a, float b) => b;

    public static float ZipLow(float a, float b) => a;

    public static float ZipHigh(float a, float b) => b;

    public static float Add(float a, float b) => a + b;

    public static float Subtract(float a, float b) => a - b;

    public static float Multiply(float a, float b) => a * b;

    public static float Divide(float a, float b) => a / b;

    public static float MultiplyAdd(float a, float b, float c) => (a * b) + c;

    public static float Max(float a, float b) => MathF.Max(a, b);

    public static float Min(float a, float b) => MathF.Min(a, b);

    public static float AtLeast(float x, float low) => x < low ? low : x;

    public static float AtMost(float x, float high) => x > high ? high : x;

    public static float Abs(float a) => MathF.Abs(a);

    public static float Sqrt(float a) => MathF.Sqrt(a);

    public static float Floor(float a) => MathF.Floor(a);

    public static float Round(float a) => MathF.Round(a);

    public static float CopySign(float magnitude, float sign) => MathF.CopySign(magnitude, sign);

    public static float SelectGreater(float a, float b, float whenTrue, float whenFalse) => a > b ? whenTrue : whenFalse;

    public static float PowerOfTwo(float whole) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(whole + ISimd<float>.ExponentAdder) << 23);

    public static int CountZeros(float a) => a == 0 ? 1 : 0;

    public static float Sum(float a) => a;

    public static float MaxLane(float a) => a;
}
