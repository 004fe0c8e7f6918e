using System.Buffers.Binary;
using System.IO.Compression;

namespace Digits.Data;

/// <summary>
/// A file of unsigned bytes in MNIST's IDX format: two zero bytes, the type (8: unsigned byte), the number of dimensions, each dimension as a
/// big-endian 32-bit number, then the bytes, row-major (yann.lecun.com/exdb/mnist).
/// </summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Bytes">As many as the product of the dimensions.</param>
internal sealed record IdxFile(string Path, IReadOnlyList<int> Shape, byte[] Bytes)
{
    private const int UnsignedByte = 8;

    /// <summary>Reads a plain or, where the name ends in .gz, gzipped file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">How many dimensions it must have: 3 for images, 1 for labels.</param>
    /// <exception cref="InvalidDataException">Not such a file, shorter or longer than it says, or damaged.</exception>
    public static IdxFile Read(string path, int dimensions)
    {
        using FileStream file = File.OpenRead(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            return Read(file, path, dimensions);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        return Read(unzipped, path, dimensions);
    }

    /// <summary>Writes a gzipped file of that shape; one that is there is replaced.</summary>
    public static void WriteGzip(string path, IReadOnlyList<int> shape, byte[] bytes)
    {
        byte[] header = new byte[4 + 4 * shape.Count];
        BinaryPrimitives.WriteInt32BigEndian(header, UnsignedByte << 8 | shape.Count);
        for (int i = 0; i < shape.Count; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), shape[i]);
        using FileStream file = File.Create(path);
        using var zipped = new GZipStream(file, CompressionLevel.SmallestSize);
        zipped.Write(header);
        zipped.Write(bytes);
    }

    private static IdxFile Read(Stream stream, string path, int dimensions)
    {
        byte[] header = ReadUpTo(stream, 4 + 4 * dimensions, path);
        int expectedMagic = UnsignedByte << 8 | dimensions;
        if (header.Length >= 4 && BinaryPrimitives.ReadInt32BigEndian(header) is int magic && magic != expectedMagic)
        {
            throw new InvalidDataException(
                $"{path}: found 0x{magic:X8} in the first 4 bytes, expected 0x{expectedMagic:X8} (IDX, unsigned bytes, {dimensions}-dimensional).");
        }
        if (header.Length < 4 + 4 * dimensions)
            throw new InvalidDataException($"{path}: found {header.Length} bytes, expected an IDX header of {4 + 4 * dimensions}. The file is truncated.");

        int[] shape = [.. Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i)))];
        string written = string.Join(" x ", shape);
        long size = shape.Aggregate(1L, (product, length) => length < 0 || product > int.MaxValue ? long.MaxValue : product * length);
        if (size >= Array.MaxLength)
            throw new InvalidDataException($"{path}: found dimensions {written} in the header, expected at most 2 GB. The file is damaged.");

        byte[] bytes = ReadUpTo(stream, (int)size + 1, path);
        if (bytes.Length < size)
            throw new InvalidDataException($"{path}: found {bytes.Length} bytes after the header, expected {size} ({written}). The file is truncated.");
        if (bytes.Length > size)
            throw new InvalidDataException($"{path}: found more than the {size} bytes after the header that {written} calls for. The file is damaged.");
        return new(path, shape, bytes);
    }

    /// <summary>At most <paramref name="limit"/> bytes, fewer at the end of the file. Grows with what is there, not with what a header claims.</summary>
    private static byte[] ReadUpTo(Stream stream, int limit, string path)
    {
        try
        {
            using var read = new MemoryStream();
            byte[] buffer = new byte[Math.Min(limit, 1 << 16)];
            while (read.Length < limit && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, limit - read.Length)) is > 0 and int count)
                read.Write(buffer, 0, count);
            return read.ToArray();
        }
        catch (InvalidDataException gzip)
        {
            throw new InvalidDataException($"{path}: found damaged gzip data, expected a whole .gz file ({gzip.Message}) Fetch it again.", gzip);
        }
    }
}
