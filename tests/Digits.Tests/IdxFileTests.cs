using Digits.Data;

namespace Digits.Tests;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("images")]
    [InlineData("images.gz")]
    public void A_plain_or_gzipped_file_gives_its_shape_and_bytes(string name)
    {
        string path = _folder.WriteIdx(name, 0x803, [2, 2, 1], [1, 2, 3, 4]);

        var file = IdxFile.Read(path, dimensions: 3);

        Assert.Equal([2, 2, 1], file.Shape);
        Assert.Equal([1, 2, 3, 4], file.Bytes);
    }

    [Fact]
    public void Another_magic_number_is_named_beside_the_expected_one()
    {
        string path = _folder.WriteIdx("labels", 0x803, [2, 2, 1], [1, 2, 3, 4]);
        AssertFault(path, 1, "found 0x00000803 in the first 4 bytes, expected 0x00000801");
    }

    [Theory]
    [InlineData(new byte[0], "found 0 bytes, expected an IDX header of 8")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0 }, "found 6 bytes, expected an IDX header of 8")]
    public void A_file_that_ends_in_its_header_is_truncated(byte[] content, string expected)
    {
        File.WriteAllBytes(_folder.File("labels"), content);
        AssertFault(_folder.File("labels"), 1, expected);
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("labels.gz")]
    public void A_file_with_fewer_bytes_than_its_header_says_is_truncated(string name) =>
        AssertFault(_folder.WriteIdx(name, 0x801, [5], [1, 2, 3]), 1, "found 3 bytes after the header, expected 5 (5). The file is truncated.");

    [Fact]
    public void A_file_with_more_bytes_than_its_header_says_is_damaged() =>
        AssertFault(_folder.WriteIdx("labels", 0x801, [2], [1, 2, 3]), 1, "found more than the 2 bytes");

    [Theory]
    [InlineData(new[] { -1, 28, 28 })]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    public void Impossible_dimensions_are_refused_before_memory_is_taken(int[] shape) =>
        AssertFault(_folder.WriteIdx("images", 0x803, shape, [1]), 3, "expected at most 2 GB");

    [Fact]
    public void Text_under_a_gz_name_is_damaged_gzip()
    {
        File.WriteAllText(_folder.File("labels.gz"), "<html>not found</html>");
        AssertFault(_folder.File("labels.gz"), 1, "found damaged gzip data, expected a whole .gz file");
    }

    [Fact]
    public void A_flipped_bit_in_gzip_data_is_found()
    {
        string path = _folder.WriteIdx("labels.gz", 0x801, [1000], [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i))]);
        byte[] content = File.ReadAllBytes(path);
        content[^6] ^= 1; // In the checksum at the end.
        File.WriteAllBytes(path, content);
        AssertFault(path, 1, "found damaged gzip data");
    }

    [Fact]
    public void A_gzip_file_that_was_cut_off_is_found()
    {
        string path = _folder.WriteIdx("labels.gz", 0x801, [1000], [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i))]);
        byte[] content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, content[..(content.Length / 2)]);
        AssertFault(path, 1, "expected");
    }

    private static void AssertFault(string path, int dimensions, string expected)
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, dimensions));
        Assert.StartsWith(path + ": found", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
