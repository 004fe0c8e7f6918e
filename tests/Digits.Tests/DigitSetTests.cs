using Digits.Data;

namespace Digits.Tests;

public sealed class DigitSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Both_parts_train_and_test()
    {
        _folder.WriteDigits("train", 30);
        _folder.WriteDigits("t10k", 7, ".gz");

        using var digits = DigitSet.Load(_folder.Path);

        Assert.Equal([30, 1, 28, 28], digits.Train.Images.shape);
        Assert.Equal([7, 1, 28, 28], digits.Test.Images.shape);
    }

    [Theory]
    [InlineData("t10k", 10_000, 8_000)]
    [InlineData("train", 20, 16)]
    public void The_last_fifth_of_a_single_part_tests(string part, int count, int trained)
    {
        _folder.WriteDigits(part, count, ".gz");

        using var digits = DigitSet.Load(_folder.Path);

        Assert.Equal(trained, digits.Train.Count);
        Assert.Equal(count - trained, digits.Test.Count);
        Assert.Equal(trained % 256 / 255f, digits.Test.Images[0, 0, 0, 0].item<float>());
        Assert.Equal(trained % 10, digits.Test.Labels[0].item<long>());
    }

    [Fact]
    public void An_empty_folder_is_told_which_files_belong_there() =>
        AssertFault("found no digits, expected train-images-idx3-ubyte and train-labels-idx1-ubyte, or t10k-images-idx3-ubyte");

    [Fact]
    public void Images_without_labels_are_told_which_file_is_missing()
    {
        _folder.WriteDigits("t10k", 10);
        File.Delete(_folder.File("t10k-labels-idx1-ubyte"));
        AssertFault("found t10k-images-idx3-ubyte, expected t10k-labels-idx1-ubyte (plain or .gz) beside it");
    }

    [Fact]
    public void Another_number_of_labels_than_images_is_refused()
    {
        _folder.WriteDigits("t10k", 10);
        _folder.WriteIdx("t10k-labels-idx1-ubyte", 0x801, [9], new byte[9]);
        AssertFault("found 9 labels, expected 10");
    }

    [Fact]
    public void A_label_above_9_is_refused()
    {
        _folder.WriteDigits("t10k", 10);
        _folder.WriteIdx("t10k-labels-idx1-ubyte", 0x801, [10], [0, 1, 2, 3, 12, 5, 6, 7, 8, 9]);
        AssertFault("found label 12 at index 4, expected 0 to 9");
    }

    [Fact]
    public void Images_of_another_size_are_refused()
    {
        _folder.WriteDigits("t10k", 10);
        _folder.WriteIdx("t10k-images-idx3-ubyte", 0x803, [10, 8, 9], new byte[720]);
        AssertFault("found images of 8 x 9 pixels, expected 28 x 28");
    }

    private void AssertFault(string expected)
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => DigitSet.Load(_folder.Path));
        Assert.StartsWith(_folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
