namespace Helu.Inference.Kernels;

/// <summary>
/// The geometry of a convolution: input [batch, InChannels, Input.H, Input.W], weight [OutChannels, InChannels/Groups, Kernel.H, Kernel.W],
/// output [batch, OutChannels, OutH, OutW]. Padding is by zeros.
/// </summary>
internal readonly record struct ConvShape(
    int InChannels, int OutChannels, int Groups, Size2d Input, Size2d Kernel, Size2d Stride, Size2d Padding, Size2d Dilation)
{
    /// <summary>Zeros after the last row and column; <see cref="Padding"/> (those before the first) unless set.</summary>
    public Size2d PaddingEnd { get; init; } = Padding;

    public int OutH => Outputs(Input.H + Padding.H + PaddingEnd.H, Kernel.H, Stride.H, Dilation.H);

    public int OutW => Outputs(Input.W + Padding.W + PaddingEnd.W, Kernel.W, Stride.W, Dilation.W);

    public int InChannelsPerGroup => InChannels / Groups;

    public int OutChannelsPerGroup => OutChannels / Groups;

    /// <summary>Weights that one output value is a sum over: InChannels/Groups · Kernel.H · Kernel.W.</summary>
    public int Depth => InChannelsPerGroup * Kernel.H * Kernel.W;

    public long InputFloats(int batch) => batch * InChannels * Input.Area;

    public long OutputFloats(int batch) => (long)batch * OutChannels * OutH * OutW;

    /// <summary>This shape, checked.</summary>
    /// <exception cref="ArgumentException">A size is below 1, a padding below 0, Groups does not divide the channels, or the kernel is larger than the padded input.</exception>
    public ConvShape Checked()
    {
        if (InChannels < 1 || OutChannels < 1 || Groups < 1 || InChannels % Groups != 0 || OutChannels % Groups != 0)
            throw new ArgumentException($"{InChannels} input and {OutChannels} output channels cannot be in {Groups} groups.");
        if (Math.Min(Input.H, Input.W) < 1 || Math.Min(Kernel.H, Kernel.W) < 1 || Math.Min(Stride.H, Stride.W) < 1 || Math.Min(Dilation.H, Dilation.W) < 1)
            throw new ArgumentException($"Input {Input}, kernel {Kernel}, stride {Stride} and dilation {Dilation} must be at least 1.");
        if (Math.Min(Math.Min(Padding.H, Padding.W), Math.Min(PaddingEnd.H, PaddingEnd.W)) < 0)
            throw new ArgumentException($"Padding {Padding}, {PaddingEnd} must not be negative.");
        if (OutH < 1 || OutW < 1)
            throw new ArgumentException($"Kernel {Kernel} with dilation {Dilation} is larger than input {Input} with padding {Padding}, {PaddingEnd}.");
        return this;
    }

    private static int Outputs(int padded, int kernel, int stride, int dilation)
    {
        int span = padded - (((kernel - 1) * dilation) + 1);
        return span < 0 ? 0 : (span / stride) + 1;
    }
}
