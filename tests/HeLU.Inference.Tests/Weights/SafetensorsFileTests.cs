using System.Buffers.Binary;
using Helu.Inference.Weights;

namespace Helu.Inference.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("helu-safetensors").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] One(string dtype, int bits, byte[] buffer) =>
        SafetensorsBytes.File(SafetensorsBytes.Header($"\"{dtype}\"", $"[{buffer.Length * 8 / bits}]", $"[0,{buffer.Length}]"), buffer);

    private string Saved(byte[] bytes)
    {
        string path = Path.Combine(_folder, "model.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>IEEE 754 binary16 by its formula: (-1)^s · 2^(e-15) · (1 + m/1024), and (-1)^s · 2^-14 · m/1024 where e = 0.</summary>
    private static double HalfByFormula(int bits)
    {
        int sign = (bits >> 15) == 0 ? 1 : -1;
        int exponent = (bits >> 10) & 31;
        int mantissa = bits & 1023;
        return exponent switch
        {
            0 => sign * double.ScaleB(mantissa, -24),
            31 => mantissa == 0 ? sign * double.PositiveInfinity : double.NaN,
            _ => sign * double.ScaleB(1024 + mantissa, exponent - 25),
        };
    }

    /// <summary>bfloat16 by its formula: 8 bits of exponent with bias 127, 7 of mantissa.</summary>
    private static double BrainByFormula(int bits)
    {
        int sign = (bits >> 15) == 0 ? 1 : -1;
        int exponent = (bits >> 7) & 255;
        int mantissa = bits & 127;
        return exponent switch
        {
            0 => sign * double.ScaleB(mantissa, -133),
            255 => mantissa == 0 ? sign * double.PositiveInfinity : double.NaN,
            _ => sign * double.ScaleB(128 + mantissa, exponent - 134),
        };
    }

    private static byte[] All16BitPatterns()
    {
        byte[] buffer = new byte[2 << 16];
        for (int bits = 0; bits < 1 << 16; bits++)
            BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(bits * 2), (ushort)bits);
        return buffer;
    }

    [Fact]
    public void Every_F16_pattern_becomes_its_value()
    {
        float[] floats = SafetensorsFile.Parse(One("F16", 16, All16BitPatterns())).ReadFloats("w");
        for (int bits = 0; bits < 1 << 16; bits++)
        {
            Assert.Equal((float)HalfByFormula(bits), floats[bits]);
            Assert.Equal((float)BitConverter.UInt16BitsToHalf((ushort)bits), floats[bits]);
            Assert.Equal(bits >> 15 != 0 && !float.IsNaN(floats[bits]), float.IsNegative(floats[bits]) && !float.IsNaN(floats[bits]));
        }
    }

    [Fact]
    public void Every_BF16_pattern_becomes_its_value()
    {
        float[] floats = SafetensorsFile.Parse(One("BF16", 16, All16BitPatterns())).ReadFloats("w");
        for (int bits = 0; bits < 1 << 16; bits++)
        {
            Assert.Equal((float)BrainByFormula(bits), floats[bits]);
            Assert.Equal((uint)bits << 16, BitConverter.SingleToUInt32Bits(floats[bits]));
        }
    }

    [Fact]
    public void F32_keeps_every_bit()
    {
        uint[] patterns = [0, 0x80000000, 1, 0x007FFFFF, 0x3F800000, 0x7F7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00001, 0x7F800001, 0xFFFFFFFF];
        byte[] buffer = new byte[patterns.Length * 4];
        for (int i = 0; i < patterns.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(i * 4), patterns[i]);
        Assert.Equal(patterns, SafetensorsFile.Parse(One("F32", 32, buffer)).ReadFloats("w").Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void F64_is_rounded_to_the_nearest_float32()
    {
        double[] values = [0, -0.0, 1.0 / 3, 1e300, -1e300, 1e-300, double.Epsilon, 1e-40, double.NaN, double.PositiveInfinity, 16777217, 16777219];
        float[] expected = [0, -0f, 0.333333343f, float.PositiveInfinity, float.NegativeInfinity, 0, 0, 1e-40f, float.NaN, float.PositiveInfinity, 16777216, 16777220];
        byte[] buffer = new byte[values.Length * 8];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(i * 8), values[i]);
        Assert.Equal(expected, SafetensorsFile.Parse(One("F64", 64, buffer)).ReadFloats("w"));
    }

    [Theory]
    [InlineData("I64", 64)]
    [InlineData("U8", 8)]
    [InlineData("BOOL", 8)]
    [InlineData("F8_E4M3", 8)]
    [InlineData("C64", 64)]
    public void A_dtype_that_is_no_float_may_be_there_but_is_not_read_as_floats(string dtype, int bits)
    {
        SafetensorsFile file = SafetensorsFile.Parse(One(dtype, bits, new byte[8]));
        Assert.Contains($"tensor 'w' is {dtype}; expected F32, F16, BF16 or F64",
            Assert.Throws<InvalidDataException>(() => file.ReadFloats("w")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => file.ReadFloats("w", new float[8]));
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        SafetensorsFile file = SafetensorsFile.Parse(One("F32", 32, new byte[8]));
        Assert.Contains("no tensor 'fc.bias' among its 1", Assert.Throws<InvalidDataException>(() => file.ReadFloats("fc.bias")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_destination_of_another_length_is_refused_untouched(int length)
    {
        SafetensorsFile file = SafetensorsFile.Parse(One("F32", 32, new byte[8]));
        float[] destination = Enumerable.Repeat(7f, length).ToArray();
        Assert.Contains($"tensor 'w' of shape [2] has 2 elements; the destination has {length}",
            Assert.Throws<ArgumentException>(() => file.ReadFloats("w", destination)).Message, StringComparison.Ordinal);
        Assert.All(destination, value => Assert.Equal(7, value));
    }

    [Theory]
    [InlineData("F32", 32)]
    [InlineData("BF16", 16)]
    public void A_file_on_disk_and_a_stream_read_the_same_as_bytes(string dtype, int bits)
    {
        byte[] buffer = new byte[300_000];
        new Random(1).NextBytes(buffer);
        byte[] bytes = One(dtype, bits, buffer);
        float[] expected = SafetensorsFile.Parse(bytes).ReadFloats("w");

        using (SafetensorsFile file = SafetensorsFile.Open(Saved(bytes)))
            Assert.Equal(expected, file.ReadFloats("w"));
        using (SafetensorsFile file = SafetensorsFile.Read(new MemoryStream(bytes)))
            Assert.Equal(expected, file.ReadFloats("w"));
        using (SafetensorsFile file = SafetensorsFile.Read(new UnseekableStream(bytes)))
            Assert.Equal(expected, file.ReadFloats("w"));
    }

    [Fact]
    public void A_bad_file_on_disk_is_named_and_closed()
    {
        string path = Saved(SafetensorsBytes.File("{}", 1));
        Assert.StartsWith($"'{path}': ", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void A_file_cut_short_after_it_was_opened_is_reported()
    {
        string path = Saved(One("F32", 32, new byte[400]));
        using FileStream writer = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        writer.SetLength(writer.Length - 8);
        Assert.Contains("cut short", Assert.Throws<InvalidDataException>(() => file.ReadFloats("w")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_an_IO_error() => Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open(Path.Combine(_folder, "none")));

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        // As little as a pipe may give.
        public override int Read(Span<byte> buffer) => base.Read(buffer[..int.Min(buffer.Length, 1000)]);
    }
}
