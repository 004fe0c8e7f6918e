namespace Helu.Inference.Kernels;

/// <summary>
/// The taps that reach every stride-th output along one dimension: output q·stride + Phase is Σ over Taps of weight[tap]·x[q + shift].
/// </summary>
/// <param name="Taps">Kernel elements, and how far from q each one looks.</param>
internal sealed record ConvTransposePhase((int Tap, int Shift)[] Taps)
{
    /// <summary>For each remainder of an output's index by the stride.</summary>
    public static ConvTransposePhase[] All(int kernel, int stride, int padding, int dilation) =>
    [
        .. Enumerable.Range(0, stride).Select(phase => new ConvTransposePhase(
        [
            .. from tap in Enumerable.Range(0, kernel)
               let distance = phase + padding - (tap * dilation)
               where distance % stride == 0
               select (tap, distance / stride),
        ])),
    ];

    /// <summary>The least and the greatest shift of any phase.</summary>
    public static (int Low, int High) Range(ConvTransposePhase[] phases)
    {
        int[] shifts = [.. phases.SelectMany(phase => phase.Taps).Select(tap => tap.Shift)];
        return (shifts.Min(), shifts.Max());
    }
}
