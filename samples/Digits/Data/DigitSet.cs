namespace Digits.Data;

/// <summary>What a model is trained on and what it is tested on.</summary>
/// <param name="Name">For the report.</param>
internal sealed record DigitSet(string Name, DigitImages Train, DigitImages Test) : IDisposable
{
    private const string ImagesSuffix = "-images-idx3-ubyte";
    private const string LabelsSuffix = "-labels-idx1-ubyte";

    /// <summary>10,000 training and 2,000 test images that <see cref="DrawnDigits"/> draws: the same in every run.</summary>
    public static DigitSet Drawn() => new("drawn digits", DrawnDigits.Draw(10_000, seed: 1), DrawnDigits.Draw(2_000, seed: 2));

    /// <summary>
    /// MNIST's IDX files, plain or .gz: <c>train-*</c> trains and <c>t10k-*</c> tests. Where only one of the two is there, its last fifth tests.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged or holds something else; the message names it.</exception>
    public static DigitSet Load(string folder)
    {
        DigitImages? train = LoadPart(folder, "train");
        DigitImages? test = LoadPart(folder, "t10k");
        if (train is not null && test is not null)
            return new(LastPart(folder), train, test);
        using DigitImages whole = train ?? test ?? throw new InvalidDataException(
            $"{folder}: found no digits, expected train{ImagesSuffix} and train{LabelsSuffix}, or t10k{ImagesSuffix} and t10k{LabelsSuffix}, plain or .gz.");
        if (whole.Count < 5)
            throw new InvalidDataException($"{folder}: found {whole.Count} images, expected at least 5, the last fifth of them for the test.");
        (DigitImages first, DigitImages lastFifth) = whole.Split(whole.Count - whole.Count / 5);
        return new(LastPart(folder), first, lastFifth);
    }

    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }

    private static string LastPart(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>The images and labels of "train" or "t10k", or null where neither file is there.</summary>
    private static DigitImages? LoadPart(string folder, string part)
    {
        string? imagesPath = Find(folder, part + ImagesSuffix);
        string? labelsPath = Find(folder, part + LabelsSuffix);
        if (imagesPath is null && labelsPath is null)
            return null;
        if (imagesPath is null || labelsPath is null)
        {
            string missing = part + (imagesPath is null ? ImagesSuffix : LabelsSuffix);
            throw new InvalidDataException($"{folder}: found {Path.GetFileName(imagesPath ?? labelsPath)}, expected {missing} (plain or .gz) beside it.");
        }

        var images = IdxFile.Read(imagesPath, dimensions: 3);
        var labels = IdxFile.Read(labelsPath, dimensions: 1);
        if (images.Shape is not [_, DigitImages.Side, DigitImages.Side])
            throw new InvalidDataException($"{imagesPath}: found images of {images.Shape[1]} x {images.Shape[2]} pixels, expected 28 x 28.");
        if (images.Shape[0] != labels.Shape[0])
            throw new InvalidDataException($"{labelsPath}: found {labels.Shape[0]} labels, expected {images.Shape[0]}, one for each image of {Path.GetFileName(imagesPath)}.");
        if (images.Shape[0] == 0)
            throw new InvalidDataException($"{imagesPath}: found 0 images, expected at least one.");
        if (Array.FindIndex(labels.Bytes, label => label > 9) is >= 0 and int index)
            throw new InvalidDataException($"{labelsPath}: found label {labels.Bytes[index]} at index {index}, expected 0 to 9.");
        return DigitImages.FromBytes(images.Bytes, labels.Bytes);
    }

    private static string? Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        return new[] { plain, plain + ".gz" }.FirstOrDefault(File.Exists);
    }
}
