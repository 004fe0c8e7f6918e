using TorchSharp;
using static TorchSharp.torch;

namespace Digits.Data;

/// <summary>Labelled images. Disposing it disposes both tensors.</summary>
/// <param name="Images">float32 [N, 1, 28, 28], 0 (background) to 1 (ink).</param>
/// <param name="Labels">int64 [N], 0 to 9.</param>
internal sealed record DigitImages(Tensor Images, Tensor Labels) : IDisposable
{
    /// <summary>Height and width of every image, in pixels.</summary>
    public const int Side = IdxDigits.Side;

    public long Count => Images.shape[0];

    /// <summary>From bytes, 0 to 255, row-major [N, 28, 28], and a label each.</summary>
    public static DigitImages FromBytes(byte[] pixels, byte[] labels)
    {
        using Tensor bytes = tensor(pixels, [labels.Length, 1, Side, Side]);
        using Tensor pixelValues = bytes.to_type(ScalarType.Float32);
        using Tensor labelBytes = tensor(labels);
        return new(pixelValues / 255, labelBytes.to_type(ScalarType.Int64));
    }

    /// <summary>Rounded to bytes, as MNIST's files hold them.</summary>
    public IdxDigits ToBytes()
    {
        using Tensor scaled = (Images * 255).round_();
        using Tensor pixels = scaled.to_type(ScalarType.Byte);
        using Tensor labels = Labels.to_type(ScalarType.Byte);
        return new(pixels.data<byte>().ToArray(), labels.data<byte>().ToArray());
    }

    /// <summary>The first <paramref name="count"/> images and the rest, as copies.</summary>
    public (DigitImages First, DigitImages Others) Split(long count)
    {
        return (Slice(0, count), Slice(count, Count));

        DigitImages Slice(long from, long to)
        {
            using Tensor images = Images.slice(0, from, to, 1);
            using Tensor labels = Labels.slice(0, from, to, 1);
            return new(images.clone(), labels.clone());
        }
    }

    /// <summary>Images and labels, in order, in batches of at most <paramref name="batchSize"/>. Made in the caller's dispose scope.</summary>
    public IEnumerable<(Tensor Images, Tensor Labels)> Batches(long batchSize) => Images.split(batchSize).Zip(Labels.split(batchSize));

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
