namespace Helu.Build;

/// <summary>A named stretch of a file, read as little-endian numbers and never beyond its end.</summary>
/// <remarks>Offsets are relative to the stretch. Every read outside it throws an <see cref="InvalidDataException"/>.</remarks>
internal sealed class ByteWindow
{
    private readonly byte[] _bytes;
    private readonly long _start;

    private ByteWindow(byte[] bytes, long start, long length, string name)
    {
        _bytes = bytes;
        _start = start;
        Length = length;
        Name = name;
    }

    /// <summary>What stands here, for messages: "the file", ".gnu.version_r".</summary>
    public string Name { get; }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    public static ByteWindow Of(byte[] file) => new(file, 0, file.Length, "the file");

    /// <summary>A part of this stretch.</summary>
    /// <param name="offset">Unsigned, as ELF writes it: the sum with <paramref name="length"/> may overflow.</param>
    /// <param name="length">In bytes.</param>
    /// <param name="name">For messages.</param>
    public ByteWindow Slice(ulong offset, ulong length, string name)
    {
        if (offset > (ulong)Length || length > (ulong)Length - offset)
        {
            throw new InvalidDataException(
                $"found {name} at offset 0x{offset:x} with a length of 0x{length:x} bytes, expected it to lie within {Name}, which has 0x{Length:x} bytes");
        }

        return new ByteWindow(_bytes, _start + (long)offset, (long)length, name);
    }

    public byte UInt8(long offset, string field) => (byte)Read(offset, 1, field);

    public ushort UInt16(long offset, string field) => (ushort)Read(offset, 2, field);

    public uint UInt32(long offset, string field) => (uint)Read(offset, 4, field);

    public ulong UInt64(long offset, string field) => Read(offset, 8, field);

    /// <summary>The zero-terminated ASCII text at <paramref name="offset"/>.</summary>
    public string Text(long offset, string field)
    {
        Require(offset, 1, field);
        var first = (int)(_start + offset);
        var end = Array.IndexOf(_bytes, (byte)0, first, (int)(Length - offset));
        if (end < 0)
        {
            throw new InvalidDataException($"found no zero byte after {field} at file offset 0x{first:x}, expected one before the end of {Name}");
        }

        return System.Text.Encoding.ASCII.GetString(_bytes, first, end - first);
    }

    /// <summary>Where <paramref name="offset"/> is in the file.</summary>
    public long FileOffset(long offset) => _start + offset;

    private ulong Read(long offset, int size, string field)
    {
        Require(offset, size, field);
        ulong value = 0;
        for (var i = size - 1; i >= 0; i--)
            value = (value << 8) | _bytes[_start + offset + i];
        return value;
    }

    private void Require(long offset, int size, string field)
    {
        if (offset < 0 || offset > Length - size)
        {
            throw new InvalidDataException(
                $"found the end of {Name} at file offset 0x{_start + Length:x}, expected {field} ({size} bytes) at file offset 0x{_start + offset:x}");
        }
    }
}
