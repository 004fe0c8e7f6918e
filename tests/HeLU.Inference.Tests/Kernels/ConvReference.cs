using Helu.Inference.Kernels;

namespace Helu.Inference.Tests.Kernels;

/// <summary>The convolution's formula in double precision, one output at a time.</summary>
internal static class ConvReference
{
    /// <summary>y[n, m, h, w] = bias[m] + Σ weight[m, c, i, j]·x[n, c, h·stride - padding + i·dilation, w·stride - padding + j·dilation] (+ residual).</summary>
    public static double[] Run(in ConvShape s, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, int batch, ReadOnlySpan<float> residual)
    {
        double[] y = new double[s.OutputFloats(batch)];
        int index = 0;
        for (int n = 0; n < batch; n++)
        {
            for (int m = 0; m < s.OutChannels; m++)
            {
                for (int h = 0; h < s.OutH; h++)
                {
                    for (int w = 0; w < s.OutW; w++, index++)
                        y[index] = (bias.IsEmpty ? 0 : bias[m]) + Taps(s, weight, x, n, m, h, w) + (residual.IsEmpty ? 0 : residual[index]);
                }
            }
        }

        return y;
    }

    private static double Taps(in ConvShape s, ReadOnlySpan<float> weight, ReadOnlySpan<float> x, int n, int m, int h, int w)
    {
        double sum = 0;
        int group = m / s.OutChannelsPerGroup;
        for (int c = 0; c < s.InChannelsPerGroup; c++)
        {
            for (int i = 0; i < s.Kernel.H; i++)
            {
                int row = (h * s.Stride.H) - s.Padding.H + (i * s.Dilation.H);
                for (int j = 0; j < s.Kernel.W; j++)
                {
                    int column = (w * s.Stride.W) - s.Padding.W + (j * s.Dilation.W);
                    if (row < 0 || row >= s.Input.H || column < 0 || column >= s.Input.W)
                        continue;
                    int channel = (group * s.InChannelsPerGroup) + c;
                    double pixel = x[(((((n * s.InChannels) + channel) * s.Input.H) + row) * s.Input.W) + column];
                    sum += pixel * weight[(((((m * s.InChannelsPerGroup) + c) * s.Kernel.H) + i) * s.Kernel.W) + j];
                }
            }
        }

        return sum;
    }
}
