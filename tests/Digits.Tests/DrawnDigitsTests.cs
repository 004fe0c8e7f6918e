using Digits.Data;

namespace Digits.Tests;

public sealed class DrawnDigitsTests
{
    [Fact]
    public void A_seed_draws_the_same_digits_every_time()
    {
        using DigitImages first = DrawnDigits.Draw(50, seed: 3);
        using DigitImages second = DrawnDigits.Draw(50, seed: 3);
        Assert.Equal(first.Images.data<float>().ToArray(), second.Images.data<float>().ToArray());
    }

    [Fact]
    public void Another_seed_draws_other_digits()
    {
        using DigitImages first = DrawnDigits.Draw(50, seed: 3);
        using DigitImages second = DrawnDigits.Draw(50, seed: 4);
        Assert.NotEqual(first.Images.data<float>().ToArray(), second.Images.data<float>().ToArray());
    }

    [Fact]
    public void Labels_are_balanced()
    {
        using DigitImages digits = DrawnDigits.Draw(200, seed: 1);
        Assert.All(digits.Labels.data<long>().ToArray().CountBy(label => label), count => Assert.Equal(20, count.Value));
    }

    [Fact]
    public void Pixels_are_from_0_to_1_and_every_image_has_ink_and_background()
    {
        using DigitImages digits = DrawnDigits.Draw(200, seed: 1);
        Assert.Equal([200, 1, 28, 28], digits.Images.shape);
        foreach (float[] image in digits.Images.data<float>().ToArray().Chunk(28 * 28))
        {
            Assert.All(image, pixel => Assert.InRange(pixel, 0, 1));
            Assert.InRange(image.Count(pixel => pixel > 0.5f), 8, 400);
        }
    }
}
