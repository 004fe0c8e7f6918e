using System.Buffers.Binary;
using System.IO.Compression;

namespace Digits.Tests;

/// <summary>A folder that a test fills with IDX files; gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("digits-tests-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes header and bytes as they are given; a name that ends in .gz is gzipped.</summary>
    public string WriteIdx(string name, int magic, int[] shape, byte[] bytes)
    {
        byte[] content = [.. new[] { magic }.Concat(shape).SelectMany(BigEndian), .. bytes];
        using FileStream file = System.IO.File.Create(File(name));
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var zipped = new GZipStream(file, CompressionLevel.Fastest);
            zipped.Write(content);
        }
        else
        {
            file.Write(content);
        }
        return File(name);
    }

    /// <summary>Images whose first pixel is index mod 256, and labels index mod 10.</summary>
    public void WriteDigits(string part, int count, string suffix = "")
    {
        byte[] pixels = new byte[count * 28 * 28];
        for (int i = 0; i < count; i++)
            pixels[i * 28 * 28] = (byte)i;
        WriteIdx($"{part}-images-idx3-ubyte{suffix}", 0x803, [count, 28, 28], pixels);
        WriteIdx($"{part}-labels-idx1-ubyte{suffix}", 0x801, [count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
