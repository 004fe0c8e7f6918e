using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Helu.Inference.Weights;

/// <summary>
/// Writes float32 tensors as a safetensors file. The same tensors and metadata always give the same bytes: tensors in the order that the reference
/// implementation writes (by dtype, here always F32, then by the UTF-8 bytes of the name), metadata by key, header padded with spaces to 8 bytes.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;
    private const int ChunkFloats = 1 << 14;

    /// <summary>
    /// Writes the file: first beside <paramref name="path"/>, then moved over it. An existing file stays whole until then, and for good when writing fails.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A name stands twice, is <c>__metadata__</c> or no Unicode text; a shape has a negative size or does not fit the data; the header is over 100 MB.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left behind.</exception>
    public static void Write(
        string path,
        IEnumerable<(string Name, long[] Shape, ReadOnlyMemory<float> Data)> tensors,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken = default)
    {
        (byte[] Utf8Name, string Name, long[] Shape, ReadOnlyMemory<float> Data)[] sorted =
            [.. tensors.Select(tensor => (Utf8(tensor.Name), tensor.Name, tensor.Shape, tensor.Data))];
        Array.Sort(sorted, (a, b) => a.Utf8Name.AsSpan().SequenceCompareTo(b.Utf8Name));
        for (int i = 0; i < sorted.Length; i++)
        {
            CheckTensor(sorted[i].Name, sorted[i].Shape, sorted[i].Data.Length);
            if (i > 0 && sorted[i - 1].Name == sorted[i].Name)
                throw new ArgumentException($"Tensor '{sorted[i].Name}' stands twice.", nameof(tensors));
        }

        byte[] header = Header(sorted.Select(tensor => (tensor.Name, tensor.Shape, tensor.Data.Length)), metadata);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(header);
                foreach (var tensor in sorted)
                    WriteFloats(stream, tensor.Data, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            // Nothing stands there any more after the move.
            File.Delete(temporary);
        }
    }

    private static void CheckTensor(string name, long[] shape, int length)
    {
        if (name == SafetensorsHeader.MetadataName)
            throw new ArgumentException($"'{name}' is the metadata's name; a tensor cannot have it.");
        if (!SafetensorsHeader.TryGetBits(SafetensorsDtype.F32, shape, out long bits) || bits / SafetensorsDtype.F32.Bits() != length)
            throw new ArgumentException($"Tensor '{name}' has the shape [{string.Join(", ", shape)}] but {length} elements.");
    }

    // The length, then the JSON.
    private static byte[] Header(IEnumerable<(string Name, long[] Shape, int Length)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        buffer.Write(stackalloc byte[sizeof(ulong)]);
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            long offset = 0;
            foreach ((string name, long[] shape, int length) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", nameof(SafetensorsDtype.F32));
                WriteIntegers(json, "shape", shape);
                WriteIntegers(json, "data_offsets", [offset, offset += (long)length * sizeof(float)]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        int padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(Alignment)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        int headerLength = buffer.WrittenCount - sizeof(ulong);
        if (headerLength > SafetensorsHeader.MaxLength)
            throw new ArgumentException($"The header would have {headerLength} bytes; the format allows {SafetensorsHeader.MaxLength}.");
        byte[] bytes = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)headerLength);
        return bytes;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(Utf8(key), Utf8(value));
        json.WriteEndObject();
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, ReadOnlySpan<long> integers)
    {
        json.WriteStartArray(name);
        foreach (long integer in integers)
            json.WriteNumberValue(integer);
        json.WriteEndArray();
    }

    private static void WriteFloats(FileStream stream, ReadOnlyMemory<float> data, CancellationToken cancellationToken)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkFloats * sizeof(float));
        for (ReadOnlyMemory<float> rest = data; !rest.IsEmpty;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<float> piece = rest.Span[..int.Min(rest.Length, ChunkFloats)];
            for (int i = 0; i < piece.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(chunk.AsSpan(i * sizeof(float)), piece[i]);
            stream.Write(chunk, 0, piece.Length * sizeof(float));
            rest = rest[piece.Length..];
        }

        ArrayPool<byte>.Shared.Return(chunk);
    }

    private static byte[] Utf8(string text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(text, bytes, out _, out int length, replaceInvalidSequences: false);
        return status == OperationStatus.Done
            ? bytes[..length]
            : throw new ArgumentException($"'{text}' holds half a surrogate pair, which UTF-8 cannot write.");
    }
}
