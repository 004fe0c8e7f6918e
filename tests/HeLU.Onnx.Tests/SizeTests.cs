using Helu.Onnx.Batches;

namespace Helu.Onnx.Tests;

/// <summary>Sizes as formulas of the batch.</summary>
public class SizeTests
{
    [Theory]
    [InlineData(5, 5, "5")]
    [InlineData(2, 3, "batch")]
    [InlineData(12, 18, "6*batch")]
    [InlineData(3, 4, "batch+1")]
    [InlineData(3, 5, "2*batch-1")]
    public void TwoBatchesGiveTheFormula(long ofTwo, long ofThree, string expected)
    {
        Size size = Size.Through(2, ofTwo, 3, ofThree)!.Value;

        Assert.Equal(expected, size.ToString());
        Assert.Equal(ofTwo + (5 * (ofThree - ofTwo)), size.At(7));
    }

    [Fact]
    public void ASizeThatGrowsByPartsOfASampleHasNone() => Assert.Null(Size.Through(2, 4, 4, 5));
}
