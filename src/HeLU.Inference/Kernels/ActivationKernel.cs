using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>An activation over floats or over a part of a matrix. Every element comes out the same wherever it stands.</summary>
internal static unsafe class ActivationKernel
{
    /// <summary>y = act(x), n elements; y may be x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The activation or the width is unknown.</exception>
    public static void Run(float* x, float* y, long n, in Epilogue epilogue, SimdWidth width)
    {
        if (x == y && epilogue.Function == ActivationFunction.None)
            return;
        switch (width)
        {
            case SimdWidth.Vector512:
                Run<Simd512, Vector512<float>>(x, y, n, 1, 0, epilogue);
                break;
            case SimdWidth.Vector256:
                Run<Simd256, Vector256<float>>(x, y, n, 1, 0, epilogue);
                break;
            case SimdWidth.Vector128:
                Run<Simd128, Vector128<float>>(x, y, n, 1, 0, epilogue);
                break;
            case SimdWidth.Scalar:
                Run<SimdScalar, float>(x, y, n, 1, 0, epilogue);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(width), width, "Not a width.");
        }
    }

    /// <summary>y = act(x) for [rows, columns] whose rows lie <paramref name="stride"/> floats apart in both; y may be x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The activation is unknown.</exception>
    public static void Run<TSimd, V>(float* x, float* y, long columns, long rows, long stride, in Epilogue epilogue)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        if (ActivationClamp.TryGet(epilogue, out float low, out float high))
        {
            Run<TSimd, V, ActivationFunctions<TSimd, V>.Clamp>(x, y, columns, rows, stride, new(low, high));
            return;
        }

        (ActivationFunction function, float p0, float p1, float p2) = epilogue;
        switch (function)
        {
            case ActivationFunction.LeakyReLU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.LeakyReLU>(x, y, columns, rows, stride, new(p0));
                break;
            case ActivationFunction.ELU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.ELU>(x, y, columns, rows, stride, new(1, p0, 1));
                break;
            case ActivationFunction.SELU:
                const double scale = 1.0507009873554804934193349852946;
                const double seluAlpha = 1.6732632423543772848170429916717;
                Run<TSimd, V, ActivationFunctions<TSimd, V>.ELU>(x, y, columns, rows, stride, new((float)scale, (float)(scale * seluAlpha), 1));
                break;
            case ActivationFunction.CELU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.ELU>(x, y, columns, rows, stride, new(1, p0, 1 / p0));
                break;
            case ActivationFunction.GELU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.GELU>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.GELUTanh:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.GELUTanh>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.SiLU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.SiLU>(x, y, columns, rows, stride, new(p0));
                break;
            case ActivationFunction.Mish:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.Mish>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.Sigmoid:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.Sigmoid>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.Tanh:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.Tanh>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.Softplus:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.Softplus>(x, y, columns, rows, stride, new(p0, p1));
                break;
            case ActivationFunction.Hardsigmoid:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.Hardsigmoid>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.Hardswish:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.Hardswish>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.SquaredReLU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.SquaredReLU>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.SmeLU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.SmeLU>(x, y, columns, rows, stride, new(p0));
                break;
            case ActivationFunction.GoLU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.GoLU>(x, y, columns, rows, stride, default);
                break;
            case ActivationFunction.SAU:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.SAU>(x, y, columns, rows, stride, new(p0, p1));
                break;
            case ActivationFunction.Quadratic:
                Run<TSimd, V, ActivationFunctions<TSimd, V>.Quadratic>(x, y, columns, rows, stride, new(p0, p1, p2));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(epilogue), function, "Not an activation.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, V, TActivation>(float* x, float* y, long columns, long rows, long stride, TActivation activation)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TActivation : struct, ActivationFunctions<TSimd, V>.IActivation
    {
        for (long row = 0; row < rows; row++, x += stride, y += stride)
        {
            long column = 0;
            for (; column <= columns - TSimd.Count; column += TSimd.Count)
                TSimd.Store(activation.Apply(TSimd.Load(x + column)), y + column);
            if (column < columns)
                RunRest<TSimd, V, TActivation>(x + column, y + column, (int)(columns - column), activation);
        }
    }

    /// <summary>Fewer elements than a vector has, through a vector of their own.</summary>
    private static void RunRest<TSimd, V, TActivation>(float* x, float* y, int count, TActivation activation)
        where TSimd : ISimd<V>
        where V : unmanaged
        where TActivation : struct, ActivationFunctions<TSimd, V>.IActivation
    {
        V lanes = TSimd.Zero;
        float* floats = (float*)&lanes;
        for (int lane = 0; lane < count; lane++)
            floats[lane] = x[lane];
        lanes = activation.Apply(lanes);
        for (int lane = 0; lane < count; lane++)
            y[lane] = floats[lane];
    }
}
