using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

public unsafe class ActivationKernelTests
{
    private const float Infinity = float.PositiveInfinity;

    public static TheoryData<int, int> WidthsAndFunctions()
    {
        TheoryData<int, int> data = [];
        foreach (SimdWidth width in Enum.GetValues<SimdWidth>())
        {
            foreach (ActivationFunction function in Enum.GetValues<ActivationFunction>())
                data.Add((int)width, (int)function);
        }

        return data;
    }

    public static TheoryData<int> Widths() => GemmTests.Widths();

    /// <summary>Parameters at which a formula takes another shape.</summary>
    public static TheoryData<int, float, float, float> OtherParameters() => new()
    {
        { (int)ActivationFunction.LeakyReLU, 1.5f, 0, 0 },
        { (int)ActivationFunction.LeakyReLU, -0.5f, 0, 0 },
        { (int)ActivationFunction.SiLU, 1, 0, 0 },
        { (int)ActivationFunction.SiLU, 25, 0, 0 },
        { (int)ActivationFunction.CELU, 0.3f, 0, 0 },
        { (int)ActivationFunction.Softplus, 0.5f, 3, 0 },
        { (int)ActivationFunction.SmeLU, 0.01f, 0, 0 },
        { (int)ActivationFunction.SmeLU, 100, 0, 0 },
        { (int)ActivationFunction.SAU, 0, 1, 0 },
        { (int)ActivationFunction.SAU, 1.5f, 0.05f, 0 },
        { (int)ActivationFunction.Quadratic, 0, -1, 2 },
    };

    [Theory]
    [MemberData(nameof(WidthsAndFunctions))]
    public void An_activation_is_its_formula_to_float32s_rounding(int width, int function) =>
        AssertIsFormula(WithParameters((ActivationFunction)function), (SimdWidth)width);

    [Theory]
    [MemberData(nameof(OtherParameters))]
    public void With_other_parameters_it_is_its_formula_too(int function, float p0, float p1, float p2) =>
        AssertIsFormula(new((ActivationFunction)function, p0, p1, p2), SimdWidths.Best);

    [Theory]
    [InlineData(0.15f, 1)]
    [InlineData(0, 0.4f)]
    public void SAU_is_LeakyReLU_convolved_with_a_normal_density(float slope, float sigma)
    {
        float[] x = [-6, -1.3f, -0.1f, 0, 0.2f, 1.7f, 5];
        float[] y = Run(x, new(ActivationFunction.SAU, slope, sigma), SimdWidths.Best);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(Convolved(x[i]), y[i], 5e-7 * Math.Max(1, Math.Abs(x[i])));

        // The midpoint rule; beyond 9 deviations the density is below 1e-17.
        double Convolved(double at)
        {
            const int steps = 20_000;
            double sum = 0;
            for (int i = 0; i < steps; i++)
            {
                double z = -9 + (18 * (i + 0.5) / steps), t = at + (sigma * z);
                sum += (t > 0 ? t : slope * t) * Math.Exp(-z * z / 2);
            }
            return sum * 18 / steps / Math.Sqrt(2 * Math.PI);
        }
    }

    [Theory]
    [InlineData((int)ActivationFunction.ELU)]
    [InlineData((int)ActivationFunction.SELU)]
    [InlineData((int)ActivationFunction.CELU)]
    [InlineData((int)ActivationFunction.GELU)]
    [InlineData((int)ActivationFunction.SiLU)]
    [InlineData((int)ActivationFunction.Mish)]
    [InlineData((int)ActivationFunction.Tanh)]
    [InlineData((int)ActivationFunction.GoLU)]
    [InlineData((int)ActivationFunction.SquaredReLU)]
    public void An_activation_through_0_is_exact_relative_to_its_value_near_0(int function)
    {
        Epilogue epilogue = WithParameters((ActivationFunction)function);
        Func<double, double> formula = ActivationFormulas.Of(epilogue);
        float[] x = [.. Enumerable.Range(1, 60).SelectMany(i => new[] { 0.3f * MathF.Pow(0.7f, i), -0.3f * MathF.Pow(0.7f, i) })];
        float[] y = Run(x, epilogue, SimdWidths.Best);
        for (int i = 0; i < x.Length; i++)
            Assert.True(Math.Abs(y[i] - formula(x[i])) <= 4e-7 * Math.Abs(formula(x[i])), $"{epilogue.Function}({x[i]:r}) = {y[i]:r}, not {formula(x[i]):r}.");
    }

    [Theory]
    [MemberData(nameof(WidthsAndFunctions))]
    public void A_NaN_stays_NaN(int width, int function)
    {
        float[] y = Run([1, float.NaN, 2], WithParameters((ActivationFunction)function), (SimdWidth)width);
        Assert.Equal([false, true, false], y.Select(float.IsNaN));
    }

    /// <summary>As PyTorch 2.10's CPU kernels have it, but for GELU's infinity at infinity, where those give NaN.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Infinities_come_out_as_the_formula_has_them(int width)
    {
        Check(ActivationFunction.None, -Infinity, Infinity);
        Check(ActivationFunction.ReLU, 0, Infinity);
        Check(ActivationFunction.LeakyReLU, -Infinity, Infinity);
        Check(ActivationFunction.ELU, -1.5f, Infinity);
        Check(ActivationFunction.SELU, -1.7580993408473766f, Infinity);
        Check(ActivationFunction.CELU, -1.5f, Infinity);
        Check(ActivationFunction.GELU, float.NaN, Infinity);
        Check(ActivationFunction.GELUTanh, float.NaN, Infinity);
        Check(ActivationFunction.SiLU, float.NaN, Infinity);
        Check(ActivationFunction.Mish, float.NaN, Infinity);
        Check(ActivationFunction.Sigmoid, 0, 1);
        Check(ActivationFunction.Tanh, -1, 1);
        Check(ActivationFunction.Softplus, 0, Infinity);
        Check(ActivationFunction.ReLU6, 0, 6);
        Check(ActivationFunction.Hardtanh, -0.5f, 1.5f);
        Check(ActivationFunction.Hardsigmoid, 0, 1);
        Check(ActivationFunction.Hardswish, float.NaN, Infinity);
        Check(ActivationFunction.SquaredReLU, 0, Infinity);
        Check(ActivationFunction.SmeLU, 0, Infinity);
        Check(ActivationFunction.GoLU, float.NaN, Infinity);
        Check(ActivationFunction.SAU, -Infinity, Infinity);
        Check(ActivationFunction.Quadratic, Infinity, Infinity);

        void Check(ActivationFunction function, float atMinusInfinity, float atInfinity)
        {
            float[] y = Run([-Infinity, Infinity], WithParameters(function), (SimdWidth)width);
            Assert.Equal([atMinusInfinity, atInfinity], y);
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndFunctions))]
    public void An_element_comes_out_the_same_wherever_it_stands_and_in_place(int width, int function)
    {
        Epilogue epilogue = WithParameters((ActivationFunction)function);
        float[] x = [.. Inputs().Take(101)];
        float[] all = Run(x, epilogue, (SimdWidth)width);
        foreach (int start in new[] { 1, 2, 50, 90, 100 })
            Assert.Equal(all[start..], Run(x[start..], epilogue, (SimdWidth)width));

        GemmBuffer inPlace = new(x.Length);
        x.CopyTo(inPlace.Span);
        ActivationKernel.Run(inPlace.Pointer, inPlace.Pointer, x.Length, epilogue, (SimdWidth)width);
        inPlace.AssertNothingWrittenBeside();
        Assert.Equal(all, inPlace.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(WidthsAndFunctions))]
    public void Nothing_is_allocated(int width, int function)
    {
        Epilogue epilogue = WithParameters((ActivationFunction)function);
        GemmBuffer x = new(37);
        ActivationKernel.Run(x.Pointer, x.Pointer, 37, epilogue, (SimdWidth)width);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ActivationKernel.Run(x.Pointer, x.Pointer, 37, epilogue, (SimdWidth)width);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        GC.KeepAlive(x);
    }

    /// <summary>To float32's rounding, and infinite where float32 ends.</summary>
    private static void AssertIsFormula(Epilogue epilogue, SimdWidth width)
    {
        Func<double, double> formula = ActivationFormulas.Of(epilogue);
        float[] x = [.. Inputs()];
        float[] y = Run(x, epilogue, width);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = formula(x[i]);
            bool isInfinite = float.IsInfinity((float)expected);
            bool isClose = isInfinite ? y[i] == (float)expected : Math.Abs(y[i] - expected) <= 2.5e-7 * Math.Max(1, Math.Abs(expected));
            Assert.True(isClose, $"{epilogue}({x[i]:r}) = {y[i]:r}, not {expected:r}.");
        }
    }

    private static float[] Run(float[] x, Epilogue epilogue, SimdWidth width)
    {
        GemmBuffer y = new(x.Length);
        fixed (float* source = x)
            ActivationKernel.Run(source, y.Pointer, x.Length, epilogue, width);
        y.AssertNothingWrittenBeside();
        return y.Span.ToArray();
    }

    private static Epilogue WithParameters(ActivationFunction function) => function switch
    {
        ActivationFunction.LeakyReLU => new(function, 0.01f),
        ActivationFunction.ELU or ActivationFunction.CELU => new(function, 1.5f),
        ActivationFunction.Softplus => new(function, 2, 20),
        ActivationFunction.Hardtanh => new(function, -0.5f, 1.5f),
        ActivationFunction.SiLU => new(function, 1.7f),
        ActivationFunction.SmeLU => new(function, 0.7f),
        ActivationFunction.SAU => new(function, 0.15f, 1.3f),
        ActivationFunction.Quadratic => new(function, 0.2f, 0.5f, 0.3f),
        _ => new(function),
    };

    /// <summary>Evenly over where the functions bend, then ever farther out on both sides, and 0.</summary>
    private static IEnumerable<float> Inputs()
    {
        for (int i = -20_000; i <= 20_000; i++)
            yield return i * 0.00123f;
        for (float x = 20; x < 1e37f; x *= 1.1f)
        {
            yield return x;
            yield return -x;
        }
    }
}
