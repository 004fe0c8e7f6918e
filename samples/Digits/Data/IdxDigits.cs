namespace Digits.Data;

/// <summary>Labelled images as MNIST's files hold them.</summary>
/// <param name="Pixels">[N, 28, 28], row-major, 0 (background) to 255 (ink).</param>
/// <param name="Labels">[N], 0 to 9.</param>
internal sealed record IdxDigits(byte[] Pixels, byte[] Labels)
{
    /// <summary>Height and width of every image, in pixels.</summary>
    public const int Side = 28;

    private const string ImagesSuffix = "-images-idx3-ubyte";
    private const string LabelsSuffix = "-labels-idx1-ubyte";

    public int Count => Labels.Length;

    /// <summary>The images and labels of "train" or "t10k" in a folder, plain or .gz; null where neither file is there.</summary>
    /// <exception cref="InvalidDataException">One of the two files is missing, or a file is damaged or holds something else; the message names it.</exception>
    public static IdxDigits? Find(string folder, string part)
    {
        string? imagesPath = PlainOrZipped(folder, part + ImagesSuffix);
        string? labelsPath = PlainOrZipped(folder, part + LabelsSuffix);
        if (imagesPath is null && labelsPath is null)
            return null;
        if (imagesPath is null || labelsPath is null)
        {
            string missing = part + (imagesPath is null ? ImagesSuffix : LabelsSuffix);
            throw new InvalidDataException($"{folder}: found {Path.GetFileName(imagesPath ?? labelsPath)}, expected {missing} (plain or .gz) beside it.");
        }

        var images = IdxFile.Read(imagesPath, dimensions: 3);
        var labels = IdxFile.Read(labelsPath, dimensions: 1);
        if (images.Shape is not [_, Side, Side])
            throw new InvalidDataException($"{imagesPath}: found images of {images.Shape[1]} x {images.Shape[2]} pixels, expected 28 x 28.");
        if (images.Shape[0] != labels.Shape[0])
            throw new InvalidDataException($"{labelsPath}: found {labels.Shape[0]} labels, expected {images.Shape[0]}, one for each image of {Path.GetFileName(imagesPath)}.");
        if (images.Shape[0] == 0)
            throw new InvalidDataException($"{imagesPath}: found 0 images, expected at least one.");
        if (Array.FindIndex(labels.Bytes, label => label > 9) is >= 0 and int index)
            throw new InvalidDataException($"{labelsPath}: found label {labels.Bytes[index]} at index {index}, expected 0 to 9.");
        return new(images.Bytes, labels.Bytes);
    }

    /// <summary>What to say of a folder in which <see cref="Find"/> found neither part.</summary>
    public static InvalidDataException NoneIn(string folder) => new(
        $"{folder}: found no digits, expected train{ImagesSuffix} and train{LabelsSuffix}, or t10k{ImagesSuffix} and t10k{LabelsSuffix}, plain or .gz.");

    /// <summary>Writes both files of "train" or "t10k" into a folder, as .gz.</summary>
    public void Write(string folder, string part)
    {
        IdxFile.WriteGzip(Path.Combine(folder, part + ImagesSuffix + ".gz"), [Count, Side, Side], Pixels);
        IdxFile.WriteGzip(Path.Combine(folder, part + LabelsSuffix + ".gz"), [Count], Labels);
    }

    private static string? PlainOrZipped(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        return new[] { plain, plain + ".gz" }.FirstOrDefault(File.Exists);
    }
}
