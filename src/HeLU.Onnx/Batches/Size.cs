using System.Globalization;

namespace Helu.Onnx.Batches;

/// <summary>A size that depends on the batch N: Fixed + PerSample·N.</summary>
internal readonly record struct Size(long Fixed, long PerSample)
{
    public bool IsFixed => PerSample == 0;

    public static implicit operator Size(long size) => new(size, 0);

    /// <summary>The one that two sizes for two batches ask for; null where it is no whole number a sample.</summary>
    public static Size? Through(long batch1, long size1, long batch2, long size2)
    {
        (long perSample, long rest) = Math.DivRem(size2 - size1, batch2 - batch1);
        return rest == 0 ? new(size1 - (perSample * batch1), perSample) : null;
    }

    public long At(long batch) => Fixed + (PerSample * batch);

    /// <summary>As a dimension's name: <c>batch</c>, <c>2*batch+1</c>.</summary>
    public override string ToString()
    {
        string samples = PerSample == 1 ? "batch" : string.Create(CultureInfo.InvariantCulture, $"{PerSample}*batch");
        return IsFixed ? Fixed.ToString(CultureInfo.InvariantCulture)
            : Fixed == 0 ? samples
            : string.Create(CultureInfo.InvariantCulture, $"{samples}{Fixed:+0;-0}");
    }
}
