namespace Helu.Inference.Kernels;

/// <summary>Up to three taps of one kernel column that lie in neighbouring rows of the copied input: output rows next to each other see the same pixels through them.</summary>
/// <param name="Offset">Where the first tap's pixels begin in the copy.</param>
/// <param name="Taps">1 to 3; each one's pixels begin a row further than the last one's.</param>
/// <param name="Weight">The first tap's number in the kernel, row by row.</param>
/// <param name="WeightStep">Numbers from one tap to the next.</param>
internal readonly record struct DepthwiseStrand(nint Offset, int Taps, int Weight, int WeightStep)
{
    private const int MostTaps = 3;

    /// <summary>All taps of a kernel, in as few strands as possible; each tap by itself where <paramref name="single"/> is set.</summary>
    public static DepthwiseStrand[] All(in ConvShape shape, ConvInputLayout layout, bool single)
    {
        List<DepthwiseStrand> strands = [];
        Size2d kernel = shape.Kernel;
        for (int column = 0; column < kernel.W; column++)
        {
            bool[] done = new bool[kernel.H];
            for (int row = 0; row < kernel.H; row++)
            {
                if (done[row])
                    continue;
                int first = (row * kernel.W) + column;
                int taps = 1;
                int step = 0;
                for (int next = row + 1; next < kernel.H && taps < MostTaps && !single; next++)
                {
                    if (done[next] || layout.Offsets[(next * kernel.W) + column] != layout.Offsets[first] + (taps * layout.Pitch) || (step > 0 && (next - row) * kernel.W != taps * step))
                        continue;
                    done[next] = true;
                    step = step > 0 ? step : (next - row) * kernel.W;
                    taps++;
                }

                strands.Add(new(layout.Offsets[first], taps, first, step));
            }
        }

        return [.. strands];
    }
}
