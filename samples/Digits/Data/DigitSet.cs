namespace Digits.Data;

/// <summary>What a model is trained on and what it is tested on.</summary>
/// <param name="Name">For the report.</param>
internal sealed record DigitSet(string Name, DigitImages Train, DigitImages Test) : IDisposable
{
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
        using DigitImages whole = train ?? test ?? throw IdxDigits.NoneIn(folder);
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

    private static DigitImages? LoadPart(string folder, string part) =>
        IdxDigits.Find(folder, part) is { } digits ? DigitImages.FromBytes(digits.Pixels, digits.Labels) : null;
}
