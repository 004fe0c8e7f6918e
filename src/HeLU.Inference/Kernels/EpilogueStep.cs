using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// How a kernel applies its activation: bounds that it holds its values between while they are in registers, and <see cref="Finish"/> on what it
/// has written, for the activations that are more than bounds.
/// </summary>
internal readonly unsafe struct EpilogueStep
{
    /// <summary>Floats that a kernel writes before it calls <see cref="Finish"/> on them: 16 KB, half of the smallest usual L1 cache.</summary>
    public const int Block = 4096;

    private readonly Epilogue _epilogue;
    private readonly bool _clamps;

    public EpilogueStep(in Epilogue epilogue)
    {
        _epilogue = epilogue;
        _clamps = ActivationClamp.TryGet(epilogue, out float low, out float high);
        Low = low;
        High = high;
    }

    /// <summary>The lower bound; negative infinity where there is none.</summary>
    public float Low { get; }

    /// <summary>The upper bound; infinity where there is none.</summary>
    public float High { get; }

    /// <summary>Does to y[0..n) what the bounds did not.</summary>
    public void Finish<TSimd, V>(float* y, nint n)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        if (!_clamps)
            ActivationKernel.Run<TSimd, V>(y, y, n, 1, 0, _epilogue);
    }
}
