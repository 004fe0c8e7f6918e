using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>The windows of a pooling, one size for each spatial dimension.</summary>
internal sealed record PoolWindow(long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, bool CeilMode)
{
    /// <summary>[N, C, ...] to [N, C, windows...]. PyTorch's rule: with ceil_mode the last window must start inside the input or its left padding.</summary>
    public long[] OutputShape(Value x, string name)
    {
        if (x.dim != Kernel.Length + 2)
            throw new ArgumentException($"{name}: expected a tensor of {Kernel.Length + 2} dimensions; found {Shapes.Text(x.shape)}.");
        long[] shape = [.. x.shape];
        for (int i = 0; i < Kernel.Length; i++)
        {
            if (Padding[i] > Kernel[i] / 2)
                throw new ArgumentException($"{name}: padding {Padding[i]} is more than half of kernel {Kernel[i]}.");
            long size = x.shape[i + 2], room = size + (2 * Padding[i]) - (Dilation[i] * (Kernel[i] - 1)) - 1;
            if (room < 0 && !(CeilMode && room > -Stride[i]))
                throw new ArgumentException($"{name}: a kernel of {Kernel[i]} does not fit into {size} elements with padding {Padding[i]}.");
            long windows = (CeilMode ? (room + Stride[i] - 1) / Stride[i] : room / Stride[i]) + 1;
            if (CeilMode && (windows - 1) * Stride[i] >= size + Padding[i])
                windows--;
            Graph.Recording.DropsPixels |= !CeilMode && room % Stride[i] > Padding[i];
            shape[i + 2] = windows;
        }
        return shape;
    }
}
