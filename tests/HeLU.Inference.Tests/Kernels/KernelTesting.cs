using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

/// <summary>What tests of kernels have in common.</summary>
internal static class KernelTesting
{
    /// <summary>Lengths below, at and above those of vectors of every width and of a kernel's blocks.</summary>
    public static readonly int[] Lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 100, 1023, 1025, 4096, 4099];

    /// <summary>An activation of every kind: none, bounds, and a function.</summary>
    public static readonly Epilogue[] Epilogues = [Epilogue.None, new(ActivationFunction.ReLU), new(ActivationFunction.Hardtanh, -0.5f, 0.25f), new(ActivationFunction.SiLU, 1)];

    public static SimdWidth[] Widths { get; } = Enum.GetValues<SimdWidth>();

    /// <summary>Runs the kernel twice; the second call must allocate nothing.</summary>
    public static void RunWithoutAllocating(Action kernel)
    {
        kernel();
        long before = GC.GetAllocatedBytesForCurrentThread();
        kernel();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>The activations of <see cref="Epilogues"/> by their formulas.</summary>
    public static double Activate(Epilogue epilogue, double x) => epilogue.Function switch
    {
        ActivationFunction.None => x,
        ActivationFunction.ReLU => Math.Max(0, x),
        ActivationFunction.Hardtanh => Math.Min(Math.Max(epilogue.P0, x), epilogue.P1),
        ActivationFunction.SiLU => x / (1 + Math.Exp(-x)),
        _ => throw new ArgumentOutOfRangeException(nameof(epilogue)),
    };
}
