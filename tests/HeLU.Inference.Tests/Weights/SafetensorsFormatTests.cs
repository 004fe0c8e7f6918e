using Helu.Inference.Weights;

namespace Helu.Inference.Tests.Weights;

/// <summary>The rules of the format (github.com/huggingface/safetensors, README "Format"), each with a file that breaks or uses it.</summary>
public sealed class SafetensorsFormatTests
{
    private static string MessageFor(byte[] bytes)
    {
        string message = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Parse(bytes)).Message;
        Assert.Equal(message.Replace("safetensors bytes", "safetensors stream", StringComparison.Ordinal),
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(new MemoryStream(bytes))).Message);
        return message;
    }

    private static string MessageFor(string header, int bufferLength = 4) => MessageFor(SafetensorsBytes.File(header, new byte[bufferLength]));

    [Fact]
    public void A_file_without_tensors_is_read()
    {
        SafetensorsFile file = SafetensorsFile.Parse(SafetensorsBytes.File("{}"));
        Assert.Empty(file.Tensors);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Tensors_may_stand_in_any_order_and_white_space_may_follow_the_json()
    {
        const string header = """{"b":{"shape":[2],"data_offsets":[0,8],"dtype":"F32"}, "a":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}      """;
        SafetensorsFile file = SafetensorsFile.Parse(SafetensorsBytes.File(header, new byte[16]));
        TensorEntry a = file.Tensors["a"];
        Assert.Equal(("a", SafetensorsDtype.I64, 8L, 16L, 1L), (a.Name, a.Dtype, a.Begin, a.End, a.Count));
        Assert.Empty(a.Shape);
        Assert.Equal([2L], file.Tensors["b"].Shape);
    }

    [Fact]
    public void Metadata_is_text_by_text_with_escapes()
    {
        SafetensorsFile file = SafetensorsFile.Parse(SafetensorsBytes.File("""{"__metadata__":{"format":"pt","k\u00e9y":"a\"b\\c\nd"}}"""));
        Assert.Equal(2, file.Metadata.Count);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal("a\"b\\c\nd", file.Metadata["kéy"]);
    }

    [Theory]
    [InlineData("[0]", 0)]
    [InlineData("[3,0,2]", 0)]
    [InlineData("[0,9223372036854775807,9223372036854775807]", 0)]
    [InlineData("[]", 1)]
    [InlineData("[1,1,1,1,1,1,1,1,1,1]", 1)]
    public void Empty_tensors_and_scalars_are_tensors(string shape, long count)
    {
        SafetensorsFile file = SafetensorsFile.Parse(SafetensorsBytes.File(SafetensorsBytes.Header("\"F32\"", shape, $"[0,{count * 4}]"), new byte[count * 4]));
        Assert.Equal(count, file.Tensors["w"].Count);
        Assert.Equal(new float[count], file.ReadFloats("w"));
    }

    [Fact]
    public void An_empty_tensor_may_stand_between_two_others()
    {
        const string header = """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"e":{"dtype":"F32","shape":[0],"data_offsets":[2,2]},"z":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""";
        Assert.Equal(3, SafetensorsFile.Parse(SafetensorsBytes.File(header, new byte[3])).Tensors.Count);
    }

    [Theory]
    [InlineData("BOOL", 8)]
    [InlineData("F4", 4)]
    [InlineData("F6_E2M3", 6)]
    [InlineData("F6_E3M2", 6)]
    [InlineData("U8", 8)]
    [InlineData("I8", 8)]
    [InlineData("F8_E5M2", 8)]
    [InlineData("F8_E4M3", 8)]
    [InlineData("F8_E8M0", 8)]
    [InlineData("I16", 16)]
    [InlineData("U16", 16)]
    [InlineData("F16", 16)]
    [InlineData("BF16", 16)]
    [InlineData("I32", 32)]
    [InlineData("U32", 32)]
    [InlineData("F32", 32)]
    [InlineData("C64", 64)]
    [InlineData("F64", 64)]
    [InlineData("I64", 64)]
    [InlineData("U64", 64)]
    public void Every_dtype_has_the_size_that_the_reference_implementation_gives_it(string dtype, int bits)
    {
        byte[] bytes = SafetensorsBytes.File(SafetensorsBytes.Header($"\"{dtype}\"", "[4]", $"[0,{bits / 2}]"), new byte[bits / 2]);
        Assert.Equal(dtype, SafetensorsFile.Parse(bytes).Tensors["w"].Dtype.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_shorter_than_the_header_length_is_refused(int length) =>
        Assert.Contains($"{length} bytes; a safetensors file starts with 8 bytes", MessageFor(new byte[length]), StringComparison.Ordinal);

    [Theory]
    [InlineData(3, "only 2 bytes follow")]
    [InlineData(100_000_000, "only 2 bytes follow")]
    [InlineData(100_000_001, "the format allows 100000000 bytes")]
    [InlineData(0x7FFF_FFFF_FFFF_FFFF, "the header length is 9223372036854775807")]
    [InlineData(0xFFFF_FFFF_FFFF_FFFF, "the header length is 18446744073709551615")]
    public void A_header_length_beyond_the_file_or_the_limit_is_refused(ulong length, string expected) =>
        Assert.Contains(expected, MessageFor(SafetensorsBytes.File(length, "{}"u8.ToArray(), [])), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "an empty header")]
    [InlineData("[]", "0x5B")]
    [InlineData(" {}", "0x20")]
    [InlineData("\uFEFF{}", "0xEF")]
    public void A_header_that_does_not_start_with_a_brace_is_refused(string header, string found) =>
        Assert.Contains($"must start with '{{', found {(header.Length == 0 ? "" : "byte ")}{found}", MessageFor(header, 0), StringComparison.Ordinal);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"w\":")]
    [InlineData("{}}")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{}\0")]
    [InlineData("{,}")]
    [InlineData("{'w':1}")]
    [InlineData("{/* no */}")]
    [InlineData("{\"__metadata__\":{},}")]
    [InlineData("{\"__metadata__\":{\"a\":\"b\nc\"}}")]
    public void A_header_that_is_no_json_object_is_refused(string header) =>
        Assert.Contains("the header is not a JSON object", MessageFor(header, 0), StringComparison.Ordinal);

    [Fact]
    public void A_header_that_is_no_utf8_is_refused()
    {
        byte[] header = [.. "{\"__metadata__\":{\"a\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        Assert.Contains("not valid UTF-8", MessageFor(SafetensorsBytes.File(header, [])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"\udc00","shape":[4],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":{"a":"\ud800x"}}""")]
    public void Half_a_surrogate_pair_is_refused(string header) => Assert.Contains("surrogate", MessageFor(header), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "tensor 'w' stands twice")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\u0077":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""", "tensor 'w' stands twice")]
    [InlineData("""{"w":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "has 'dtype' twice")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"shape":[4],"data_offsets":[0,4]}}""", "has 'shape' twice")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"data_offsets":[0,4]}}""", "has 'data_offsets' twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "'__metadata__' stands twice")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "'a' stands twice")]
    public void Names_that_stand_twice_are_refused(string header, string expected) => Assert.Contains(expected, MessageFor(header), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"w":1}""", "tensor 'w': expected StartObject, found Number")]
    [InlineData("""{"w":null}""", "found Null")]
    [InlineData("""{"w":[]}""", "found StartArray")]
    [InlineData("""{"w":{}}""", "has no 'dtype'")]
    [InlineData("""{"w":{"dtype":"U8","data_offsets":[0,4]}}""", "has no 'shape'")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4]}}""", "has no 'data_offsets'")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"strides":[1]}}""", "a member 'strides'")]
    [InlineData("""{"w":{"dtype":8,"shape":[4],"data_offsets":[0,4]}}""", "expected String, found Number")]
    [InlineData("""{"w":{"dtype":"U8","shape":4,"data_offsets":[0,4]}}""", "expected StartArray, found Number")]
    [InlineData("""{"w":{"dtype":"U8","shape":["4"],"data_offsets":[0,4]}}""", "found String")]
    [InlineData("""{"w":{"dtype":"U8","shape":[[4]],"data_offsets":[0,4]}}""", "found StartArray")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0]}}""", "has 1 numbers; expected [begin, end]")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}""", "has 3 numbers; expected [begin, end]")]
    [InlineData("""{"__metadata__":"pt"}""", "expected StartObject, found String")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'a' in __metadata__: expected String, found Number")]
    public void Entries_of_another_form_are_refused(string header, string expected) => Assert.Contains(expected, MessageFor(header), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"F33\"")]
    [InlineData("\"f32\"")]
    [InlineData("\"\"")]
    [InlineData("\"15\"")]
    [InlineData("\"F32, F16\"")]
    public void Unknown_dtypes_are_refused(string dtype) =>
        Assert.Contains($"tensor 'w' has the unknown dtype '{dtype[1..^1]}'; expected one of BOOL,", MessageFor(SafetensorsBytes.Header(dtype, "[1]", "[0,4]")), StringComparison.Ordinal);

    [Theory]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("1.0")]
    [InlineData("1e0")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999")]
    public void Numbers_other_than_whole_ones_of_63_bits_are_refused(string number)
    {
        Assert.Contains("the shape of tensor 'w' holds a number", MessageFor(SafetensorsBytes.Header("\"F32\"", $"[{number}]", "[0,4]")), StringComparison.Ordinal);
        Assert.Contains("data_offsets of tensor 'w' holds a number", MessageFor(SafetensorsBytes.Header("\"F32\"", "[1]", $"[0,{number}]")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[9223372036854775807]")]
    [InlineData("[4294967296,4294967296]")]
    [InlineData("[4294967296,4294967296,0]")]
    [InlineData("[4611686018427387904,4,1]")]
    public void Shapes_that_overflow_are_refused(string shape) =>
        Assert.Contains("more bits than a 64-bit integer counts", MessageFor(SafetensorsBytes.Header("\"F32\"", shape, "[0,4]")), StringComparison.Ordinal);

    [Theory]
    [InlineData("F32", "[2]", "[0,4]", "takes 8 bytes, but data_offsets [0, 4] hold 4")]
    [InlineData("F64", "[1]", "[0,4]", "takes 8 bytes")]
    [InlineData("F16", "[1]", "[0,4]", "takes 2 bytes")]
    [InlineData("F32", "[1]", "[4,0]", "ends before it begins: data_offsets [4, 0]")]
    [InlineData("F4", "[3]", "[0,4]", "does not fill whole bytes")]
    public void Offsets_that_do_not_fit_dtype_and_shape_are_refused(string dtype, string shape, string offsets, string expected) =>
        Assert.Contains(expected, MessageFor(SafetensorsBytes.Header($"\"{dtype}\"", shape, offsets)), StringComparison.Ordinal);

    [Theory]
    [InlineData("[0,4]", "[3,7]", 7, "tensor 'b' begins at byte 3 of the buffer, expected 4: it overlaps")]
    [InlineData("[0,4]", "[0,4]", 4, "begins at byte 0 of the buffer, expected 4: it overlaps")]
    [InlineData("[0,4]", "[5,9]", 9, "begins at byte 5 of the buffer, expected 4: the bytes before it belong to no tensor")]
    [InlineData("[1,5]", "[5,9]", 9, "begins at byte 1 of the buffer, expected 0: the bytes before it belong to no tensor")]
    [InlineData("[0,4]", "[4,8]", 7, "tensor 'b' ends at byte 8 of the buffer, but the file has only 7 bytes")]
    [InlineData("[0,4]", "[4,8]", 9, "the file has 9 bytes after its header, but its tensors take 8")]
    [InlineData("[0,4]", "[4,8]", 0, "tensor 'a' ends at byte 4 of the buffer, but the file has only 0 bytes")]
    [InlineData("[0,4]", "[9223372036854775803,9223372036854775807]", 8, "begins at byte 9223372036854775803")]
    public void Overlaps_gaps_and_a_buffer_of_another_length_are_refused(string a, string b, int bufferLength, string expected)
    {
        string header = $$$"""{"a":{"dtype":"F32","shape":[1],"data_offsets":{{{a}}}},"b":{"dtype":"U8","shape":[4],"data_offsets":{{{b}}}}}""";
        Assert.Contains(expected, MessageFor(header, bufferLength), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_tensor_inside_another_is_refused()
    {
        const string header = """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"e":{"dtype":"U8","shape":[0],"data_offsets":[2,2]}}""";
        Assert.Contains("tensor 'e' begins at byte 2 of the buffer, expected 4", MessageFor(header), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_without_a_tensor_are_refused() =>
        Assert.Contains("the file has 1 bytes after its header, but its tensors take 0", MessageFor("{}", 1), StringComparison.Ordinal);

    [Fact]
    public void Deeply_nested_json_is_refused() =>
        MessageFor("{\"w\":" + new string('[', 100_000), 0);
}
