namespace Helu.Inference.Kernels;

/// <summary>
/// PyTorch's Upsample, mode nearest: y[p, i, j] = x[p, source(i), source(j)] with source(i) = min(⌊i·scale⌋, size - 1) in float32, where scale is
/// 1/scale_factor when a scale_factor was given, and size/(output size) otherwise or where the output is as large as the input or twice as large (aten/src/ATen/native/UpSample.h). Moves floats only, so it has no
/// vector widths.
/// </summary>
internal static unsafe class UpsampleKernel
{
    /// <summary>Columns whose sources are worked out at a time: 4 KB of stack.</summary>
    private const int Columns = 1024;

    /// <summary>The output size that PyTorch gives a dimension for a scale_factor: ⌊size·scale_factor⌋.</summary>
    public static int OutputSize(int size, double scaleFactor) => (int)Math.Floor(size * scaleFactor);

    /// <summary>For each position of a dimension's output that of the input.</summary>
    public static int[] Sources(int size, int outSize, double? scaleFactor)
    {
        float scale = Scale(size, outSize, scaleFactor);
        return [.. Enumerable.Range(0, outSize).Select(position => Source(position, scale, size))];
    }

    /// <summary>Writes y [planes, outHeight, outWidth] from x [planes, height, width], planes = N·C; a 1-d signal has height 1. Allocates nothing.</summary>
    /// <param name="x">The input.</param>
    /// <param name="planes">N·C.</param>
    /// <param name="height">Rows of x.</param>
    /// <param name="width">Columns of x.</param>
    /// <param name="y">The output; not x.</param>
    /// <param name="outHeight">Rows of y.</param>
    /// <param name="outWidth">Columns of y.</param>
    /// <param name="scaleHeight">The scale_factor that was given for the rows, or null when a size was.</param>
    /// <param name="scaleWidth">The same for the columns.</param>
    public static void Run(float* x, nint planes, int height, int width, float* y, int outHeight, int outWidth, double? scaleHeight, double? scaleWidth)
    {
        float rowScale = Scale(height, outHeight, scaleHeight);
        float columnScale = Scale(width, outWidth, scaleWidth);
        int* sources = stackalloc int[Columns];
        for (int left = 0; left < outWidth; left += Columns)
        {
            int columns = int.Min(Columns, outWidth - left);
            for (int column = 0; column < columns; column++)
                sources[column] = Source(left + column, columnScale, width);
            for (nint plane = 0; plane < planes; plane++)
            {
                float* to = y + (plane * outHeight * outWidth) + left;
                int copied = -1;
                for (int row = 0; row < outHeight; row++, to += outWidth)
                {
                    int source = Source(row, rowScale, height);
                    if (source == copied)
                        Buffer.MemoryCopy(to - outWidth, to, columns * sizeof(float), columns * sizeof(float));
                    else
                        Gather(x + (((plane * height) + source) * width), sources, columns, to);
                    copied = source;
                }
            }
        }
    }

    /// <summary>An output as large as the input, or twice as large, goes by the sizes whatever the factor was: libtorch takes a shortcut there.</summary>
    private static float Scale(int size, int outSize, double? scaleFactor) =>
        scaleFactor is > 0 && outSize != size && outSize != 2 * size ? (float)(1 / scaleFactor.Value) : (float)size / outSize;

    private static int Source(int position, float scale, int size) => (int)float.Min(MathF.Floor(position * scale), size - 1);

    private static void Gather(float* row, int* sources, int columns, float* to)
    {
        for (int column = 0; column < columns; column++)
            to[column] = row[sources[column]];
    }
}
