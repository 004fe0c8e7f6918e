namespace Helu.Inference.Kernels;

/// <summary>
/// The geometry of a transposed convolution: input [batch, InChannels, Input.H, Input.W], weight [InChannels, OutChannels/Groups, Kernel.H, Kernel.W],
/// output [batch, OutChannels, OutH, OutW].
/// </summary>
internal readonly record struct ConvTransposeShape(
    int InChannels, int OutChannels, int Groups, Size2d Input, Size2d Kernel, Size2d Stride, Size2d Padding, Size2d OutputPadding, Size2d Dilation)
{
    public int OutH => ((Input.H - 1) * Stride.H) - (2 * Padding.H) + (Dilation.H * (Kernel.H - 1)) + OutputPadding.H + 1;

    public int OutW => ((Input.W - 1) * Stride.W) - (2 * Padding.W) + (Dilation.W * (Kernel.W - 1)) + OutputPadding.W + 1;

    public int InChannelsPerGroup => InChannels / Groups;

    public int OutChannelsPerGroup => OutChannels / Groups;

    public long InputFloats(int batch) => batch * InChannels * Input.Area;

    public long OutputFloats(int batch) => (long)batch * OutChannels * OutH * OutW;

    /// <summary>This shape, checked.</summary>
    /// <exception cref="ArgumentException">
    /// A size is below 1, a padding below 0, Groups does not divide the channels, an output padding is not smaller than its stride or dilation, or nothing comes out.
    /// </exception>
    public ConvTransposeShape Checked()
    {
        if (InChannels < 1 || OutChannels < 1 || Groups < 1 || InChannels % Groups != 0 || OutChannels % Groups != 0)
            throw new ArgumentException($"{InChannels} input and {OutChannels} output channels cannot be in {Groups} groups.");
        if (Math.Min(Input.H, Input.W) < 1 || Math.Min(Kernel.H, Kernel.W) < 1 || Math.Min(Stride.H, Stride.W) < 1 || Math.Min(Dilation.H, Dilation.W) < 1)
            throw new ArgumentException($"Input {Input}, kernel {Kernel}, stride {Stride} and dilation {Dilation} must be at least 1.");
        if (Math.Min(Padding.H, Padding.W) < 0 || Math.Min(OutputPadding.H, OutputPadding.W) < 0)
            throw new ArgumentException($"Padding {Padding} and output padding {OutputPadding} must not be negative.");
        if (OutputPadding.H >= Math.Max(Stride.H, Dilation.H) || OutputPadding.W >= Math.Max(Stride.W, Dilation.W))
            throw new ArgumentException($"Output padding {OutputPadding} must be smaller than stride {Stride} or dilation {Dilation}.");
        if (OutH < 1 || OutW < 1)
            throw new ArgumentException($"Padding {Padding} leaves nothing of the output of input {Input} and kernel {Kernel}.");
        return this;
    }
}
