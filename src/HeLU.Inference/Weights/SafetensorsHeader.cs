using System.Text.Json;
using System.Text.Unicode;

namespace Helu.Inference.Weights;

/// <summary>
/// Reads a safetensors header, UTF-8 JSON: <c>{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ..., "__metadata__": {"key": "value"}}</c>.
/// The rules are those of the format's description and its reference implementation (github.com/huggingface/safetensors), and stricter in two
/// places that the description names: no name may stand twice, and an entry holds its three members only.
/// </summary>
internal ref struct SafetensorsHeader
{
    /// <summary>The name that holds the metadata instead of a tensor.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The reference implementation's limit, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    private readonly string _source;
    private readonly Dictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _metadata;
    private Utf8JsonReader _json;

    private SafetensorsHeader(ReadOnlySpan<byte> header, string source)
    {
        _source = source;
        _json = new Utf8JsonReader(header);
    }

    /// <summary>Reads and checks the whole header against the length of the byte buffer that follows it.</summary>
    /// <param name="header">The JSON.</param>
    /// <param name="bufferLength">Bytes between the header and the end of the file.</param>
    /// <param name="source">What messages call the file.</param>
    /// <exception cref="InvalidDataException">It breaks a rule of the format.</exception>
    public static (Dictionary<string, TensorEntry> Tensors, Dictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> header, long bufferLength, string source)
    {
        if (header.IsEmpty || header[0] != (byte)'{')
            throw new InvalidDataException($"{source}: the header must start with '{{', found {(header.IsEmpty ? "an empty header" : $"byte 0x{header[0]:X2}")}.");
        if (!Utf8.IsValid(header))
            throw new InvalidDataException($"{source}: the header is not valid UTF-8.");

        SafetensorsHeader parser = new(header, source);
        try
        {
            parser.ReadHeader();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{source}: the header is not a JSON object: {e.Message}", e);
        }

        parser.CheckOffsets(bufferLength);
        return (parser._tensors, parser._metadata ?? new(StringComparer.Ordinal));
    }

    /// <summary>The bits of a tensor; false where the product of its sizes, taken in order, overflows or a size is negative.</summary>
    public static bool TryGetBits(SafetensorsDtype dtype, long[] shape, out long bits)
    {
        bits = dtype.Bits();
        foreach (long size in shape)
        {
            Int128 product = (Int128)bits * size;
            if (product < 0 || product > long.MaxValue)
                return false;
            bits = (long)product;
        }

        return !Array.Exists(shape, size => size < 0);
    }

    private void ReadHeader()
    {
        _json.Read();
        while (ReadName("the header") is { } name)
        {
            if (name == MetadataName)
                ReadMetadata();
            else if (_tensors.ContainsKey(name))
                throw Bad($"tensor '{name}' stands twice in the header; names must be unique");
            else
                _tensors.Add(name, ReadEntry(name));
        }

        // Nothing but white space may follow: the reader throws on more.
        _json.Read();
    }

    private void ReadMetadata()
    {
        if (_metadata is not null)
            throw Bad($"'{MetadataName}' stands twice in the header");
        _metadata = new(StringComparer.Ordinal);
        ReadToken(JsonTokenType.StartObject, MetadataName);
        while (ReadName(MetadataName) is { } key)
        {
            ReadToken(JsonTokenType.String, $"'{key}' in {MetadataName}");
            if (!_metadata.TryAdd(key, Text(MetadataName)))
                throw Bad($"'{key}' stands twice in {MetadataName}");
        }
    }

    private TensorEntry ReadEntry(string name)
    {
        string where = $"tensor '{name}'";
        SafetensorsDtype? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        ReadToken(JsonTokenType.StartObject, where);
        while (ReadName(where) is { } member)
        {
            bool repeated = member switch
            {
                "dtype" => dtype is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw Bad($"{where} has a member '{member}'; expected dtype, shape and data_offsets only"),
            };
            if (repeated)
                throw Bad($"{where} has '{member}' twice");
            if (member == "dtype")
                dtype = ReadDtype(where);
            else if (member == "shape")
                shape = ReadIntegers($"the shape of {where}");
            else
                offsets = ReadIntegers($"data_offsets of {where}");
        }

        if (dtype is null || shape is null || offsets is null)
            throw Bad($"{where} has no '{(dtype is null ? "dtype" : shape is null ? "shape" : "data_offsets")}'");
        if (offsets.Length != 2)
            throw Bad($"data_offsets of {where} has {offsets.Length} numbers; expected [begin, end]");
        TensorEntry entry = new(name, dtype.Value, shape, offsets[0], offsets[1]);
        CheckSize(entry);
        return entry;
    }

    private SafetensorsDtype ReadDtype(string where)
    {
        ReadToken(JsonTokenType.String, $"the dtype of {where}");
        string text = Text($"the dtype of {where}");
        return SafetensorsDtypes.TryParse(text, out SafetensorsDtype dtype)
            ? dtype
            : throw Bad($"{where} has the unknown dtype '{text}'; expected one of {SafetensorsDtypes.Names}");
    }

    private long[] ReadIntegers(string where)
    {
        ReadToken(JsonTokenType.StartArray, where);
        long[] integers = new long[CountElements()];
        for (int i = 0; i < integers.Length; i++)
        {
            ReadToken(JsonTokenType.Number, where);
            integers[i] = _json.TryGetUInt64(out ulong value) && value <= long.MaxValue
                ? (long)value
                : throw Bad($"{where} holds a number that is not a whole one from 0 to 2^63 - 1, at byte {_json.TokenStartIndex} of the header");
        }

        ReadToken(JsonTokenType.EndArray, where);
        return integers;
    }

    // Looks ahead with a copy of the reader, so that the array is allocated once, at its size.
    private readonly int CountElements()
    {
        Utf8JsonReader ahead = _json;
        int count = 0;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.Number)
            count++;
        return count;
    }

    private readonly void CheckSize(TensorEntry entry)
    {
        if (!TryGetBits(entry.Dtype, entry.Shape, out long bits))
            throw Bad($"tensor '{entry.Name}' of shape {entry.ShapeText} and dtype {entry.Dtype} has more bits than a 64-bit integer counts");
        if (bits % 8 != 0)
            throw Bad($"tensor '{entry.Name}' of shape {entry.ShapeText} and dtype {entry.Dtype} does not fill whole bytes");
        if (entry.End < entry.Begin)
            throw Bad($"tensor '{entry.Name}' ends before it begins: data_offsets [{entry.Begin}, {entry.End}]");
        if (entry.End - entry.Begin != bits / 8)
        {
            throw Bad($"tensor '{entry.Name}' of shape {entry.ShapeText} and dtype {entry.Dtype} takes {bits / 8} bytes, " +
                $"but data_offsets [{entry.Begin}, {entry.End}] hold {entry.End - entry.Begin}");
        }
    }

    /// <summary>The tensors, in the order of their bytes, must cover the byte buffer without gap or overlap.</summary>
    private readonly void CheckOffsets(long bufferLength)
    {
        TensorEntry[] entries = [.. _tensors.Values];
        Array.Sort(entries, (a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long covered = 0;
        foreach (TensorEntry entry in entries)
        {
            if (entry.Begin != covered)
            {
                throw Bad($"tensor '{entry.Name}' begins at byte {entry.Begin} of the buffer, expected {covered}: " +
                    $"{(entry.Begin < covered ? "it overlaps the tensor before it" : "the bytes before it belong to no tensor")}");
            }

            if (entry.End > bufferLength)
                throw Bad($"tensor '{entry.Name}' ends at byte {entry.End} of the buffer, but the file has only {bufferLength} bytes after its header");
            covered = entry.End;
        }

        if (covered != bufferLength)
            throw Bad($"the file has {bufferLength} bytes after its header, but its tensors take {covered}");
    }

    // null at the end of the object.
    private string? ReadName(string where)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.EndObject ? null : Text($"a name in {where}");
    }

    private void ReadToken(JsonTokenType expected, string where)
    {
        _json.Read();
        if (_json.TokenType != expected)
            throw Bad($"{where}: expected {expected}, found {_json.TokenType} at byte {_json.TokenStartIndex} of the header");
    }

    private readonly string Text(string where)
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{_source}: {where} holds half a surrogate pair, which is no text, at byte {_json.TokenStartIndex} of the header.", e);
        }
    }

    private readonly InvalidDataException Bad(string what) => new($"{_source}: {what}.");
}
