using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Helu.Inference.Weights;

/// <summary>
/// A safetensors file: 8 bytes little-endian header length N, N bytes JSON header (<see cref="SafetensorsHeader"/>), byte buffer.
/// An instance exists only for a file whose header passed every check; a file on disk stays open, and its tensors are read when asked for.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    private const int LengthBytes = 8;
    private const int ChunkBytes = 1 << 16;

    private readonly string _source;
    private readonly SafeFileHandle? _handle;
    private readonly byte[]? _bytes;
    private readonly long _bufferStart;

    private SafetensorsFile(string source, SafeFileHandle? handle, byte[]? bytes)
    {
        _source = source;
        _handle = handle;
        _bytes = bytes;
        long length = handle is null ? bytes!.Length : RandomAccess.GetLength(handle);
        byte[] header = ReadHeader(length);
        _bufferStart = LengthBytes + header.Length;
        (Tensors, Metadata) = SafetensorsHeader.Parse(header, length - _bufferStart, source);
    }

    /// <summary>The text under <c>__metadata__</c>; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }

    /// <summary>Opens a file and checks its header; the file stays open, and tensors are read from it when asked for.</summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle handle = File.OpenHandle(path);
        SafetensorsFile? file = null;
        try
        {
            return file = new SafetensorsFile($"'{path}'", handle, null);
        }
        finally
        {
            if (file is null)
                handle.Dispose();
        }
    }

    /// <summary>Reads a stream from its position to its end into memory.</summary>
    /// <exception cref="InvalidDataException">The stream breaks a rule of the format, or is longer than an array can be.</exception>
    public static SafetensorsFile Read(Stream stream)
    {
        const string source = "safetensors stream";
        using MemoryStream bytes = stream.CanSeek ? new((int)long.Clamp(stream.Length - stream.Position, 0, Array.MaxLength)) : new();
        byte[] chunk = new byte[ChunkBytes];
        for (int read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
        {
            if (bytes.Length + read > Array.MaxLength)
                throw new InvalidDataException($"{source}: longer than {Array.MaxLength} bytes; open a file of that size by its path.");
            bytes.Write(chunk, 0, read);
        }

        return new SafetensorsFile(source, null, bytes.Capacity == bytes.Length ? bytes.GetBuffer() : bytes.ToArray());
    }

    /// <summary>Reads a copy of the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">The bytes break a rule of the format.</exception>
    public static SafetensorsFile Parse(ReadOnlySpan<byte> bytes) => new("safetensors bytes", null, bytes.ToArray());

    /// <summary>A tensor's elements as float32, row-major.</summary>
    /// <exception cref="InvalidDataException">There is no such tensor, its dtype is none of F32, F16, BF16, F64, or an array cannot hold it.</exception>
    public float[] ReadFloats(string name)
    {
        TensorEntry entry = Find(name);
        if (entry.Count > Array.MaxLength)
            throw new InvalidDataException($"{_source}: tensor '{name}' has {entry.Count} elements; an array holds at most {Array.MaxLength}.");
        CheckConvertible(entry);
        float[] floats = new float[entry.Count];
        Convert(entry, floats);
        return floats;
    }

    /// <summary>Writes a tensor's elements as float32, row-major, to <paramref name="destination"/>: F64 is rounded, the rest is exact.</summary>
    /// <exception cref="InvalidDataException">There is no such tensor, or its dtype is none of F32, F16, BF16, F64.</exception>
    /// <exception cref="ArgumentException">The destination's length is not the number of elements.</exception>
    public void ReadFloats(string name, Span<float> destination)
    {
        TensorEntry entry = Find(name);
        CheckConvertible(entry);
        if (destination.Length != entry.Count)
            throw new ArgumentException($"{_source}: tensor '{name}' of shape {entry.ShapeText} has {entry.Count} elements; the destination has {destination.Length}.", nameof(destination));
        Convert(entry, destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle?.Dispose();

    // Nothing is allocated before the declared length is known to be in the file.
    private byte[] ReadHeader(long fileLength)
    {
        if (fileLength < LengthBytes)
            throw new InvalidDataException($"{_source}: {fileLength} bytes; a safetensors file starts with {LengthBytes} bytes of header length.");
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        ReadBytes(0, lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > SafetensorsHeader.MaxLength)
            throw new InvalidDataException($"{_source}: the header length is {length}; the format allows {SafetensorsHeader.MaxLength} bytes.");
        if ((long)length > fileLength - LengthBytes)
            throw new InvalidDataException($"{_source}: the header length is {length}, but only {fileLength - LengthBytes} bytes follow it.");
        byte[] header = new byte[length];
        ReadBytes(LengthBytes, header);
        return header;
    }

    private TensorEntry Find(string name) => Tensors.TryGetValue(name, out TensorEntry? entry)
        ? entry
        : throw new InvalidDataException($"{_source}: no tensor '{name}' among its {Tensors.Count}.");

    private void CheckConvertible(TensorEntry entry)
    {
        if (entry.Dtype is not (SafetensorsDtype.F32 or SafetensorsDtype.F16 or SafetensorsDtype.BF16 or SafetensorsDtype.F64))
            throw new InvalidDataException($"{_source}: tensor '{entry.Name}' is {entry.Dtype}; expected F32, F16, BF16 or F64.");
    }

    private void Convert(TensorEntry entry, Span<float> destination)
    {
        long position = _bufferStart + entry.Begin;
        if (entry.Dtype == SafetensorsDtype.F32 && BitConverter.IsLittleEndian)
        {
            // A span of bytes is at most 2 GB long, so float32 goes in pieces too.
            for (Span<float> rest = destination; !rest.IsEmpty;)
            {
                Span<float> piece = rest[..int.Min(rest.Length, int.MaxValue / sizeof(float))];
                ReadBytes(position, MemoryMarshal.AsBytes(piece));
                position += (long)piece.Length * sizeof(float);
                rest = rest[piece.Length..];
            }

            return;
        }

        int size = entry.Dtype.Bits() / 8;
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        for (Span<float> rest = destination; !rest.IsEmpty;)
        {
            Span<float> piece = rest[..int.Min(rest.Length, ChunkBytes / size)];
            Span<byte> bytes = chunk.AsSpan(0, piece.Length * size);
            ReadBytes(position, bytes);
            for (int i = 0; i < piece.Length; i++)
                piece[i] = ToFloat(entry.Dtype, bytes[(i * size)..]);
            position += bytes.Length;
            rest = rest[piece.Length..];
        }

        ArrayPool<byte>.Shared.Return(chunk);
    }

    private static float ToFloat(SafetensorsDtype dtype, ReadOnlySpan<byte> bytes) => dtype switch
    {
        SafetensorsDtype.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        // The upper half of a float32.
        SafetensorsDtype.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        SafetensorsDtype.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadSingleLittleEndian(bytes),
    };

    private void ReadBytes(long position, Span<byte> destination)
    {
        if (_bytes is not null)
        {
            _bytes.AsSpan((int)position, destination.Length).CopyTo(destination);
            return;
        }

        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_handle!, destination, position);
            if (read == 0)
                throw new InvalidDataException($"{_source}: ended at byte {position} while it was read; it was cut short after it was opened.");
            position += read;
            destination = destination[read..];
        }
    }
}
