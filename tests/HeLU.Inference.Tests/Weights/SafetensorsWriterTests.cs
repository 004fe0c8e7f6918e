using System.Text;
using Helu.Inference.Weights;

namespace Helu.Inference.Tests.Weights;

public sealed class SafetensorsWriterTests : IDisposable
{
    private static readonly Dictionary<string, string> s_noMetadata = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("helu-safetensors").FullName;

    private string Target => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string Name, long[] Shape, ReadOnlyMemory<float> Data) Tensor(string name, params long[] shape)
    {
        float[] data = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Random random = new(name.Length);
        for (int i = 0; i < data.Length; i++)
            data[i] = random.NextSingle();
        return (name, shape, data);
    }

    // The expected bytes of these three stand in the reference implementation's own tests (safetensors/src/tensor.rs).
    [Fact]
    public void A_tensor_becomes_the_bytes_that_the_reference_implementation_writes()
    {
        SafetensorsWriter.Write(Target, [("attn0", [1, 1, 2, 3], new float[] { 0, 1, 2, 3, 4, 5 })], s_noMetadata);
        byte[] header = Encoding.UTF8.GetBytes("""{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       """);
        byte[] floats = [0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64, 0, 0, 160, 64];
        Assert.Equal([72, 0, 0, 0, 0, 0, 0, 0, .. header, .. floats], File.ReadAllBytes(Target));
    }

    [Fact]
    public void No_tensors_become_the_bytes_that_the_reference_implementation_writes()
    {
        SafetensorsWriter.Write(Target, [], s_noMetadata);
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, 123, 125, 32, 32, 32, 32, 32, 32], File.ReadAllBytes(Target));
    }

    [Fact]
    public void Metadata_becomes_the_bytes_that_the_reference_implementation_writes()
    {
        SafetensorsWriter.Write(Target, [], new Dictionary<string, string> { ["framework"] = "pt" });
        Assert.Equal([40, 0, 0, 0, 0, 0, 0, 0, .. "{\"__metadata__\":{\"framework\":\"pt\"}}     "u8], File.ReadAllBytes(Target));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        (string Name, long[] Shape, ReadOnlyMemory<float> Data)[] tensors =
            [Tensor("conv1.weight", 8, 3, 3, 3), Tensor("scalar"), Tensor("empty", 0, 4), Tensor("a \"quoted\" \\ näme \u2028 😀", 5), Tensor("big", 70_000)];
        Dictionary<string, string> metadata = new() { ["format"] = "pt", ["ключ"] = "line\nbreak <>&'+ \u0001" };
        SafetensorsWriter.Write(Target, tensors, metadata);

        using SafetensorsFile file = SafetensorsFile.Open(Target);
        Assert.Equal(metadata, file.Metadata);
        Assert.Equal(tensors.Length, file.Tensors.Count);
        foreach ((string name, long[] shape, ReadOnlyMemory<float> data) in tensors)
        {
            Assert.Equal(shape, file.Tensors[name].Shape);
            Assert.Equal(data.ToArray(), file.ReadFloats(name));
        }
    }

    [Fact]
    public void The_order_of_tensors_and_metadata_does_not_change_the_bytes()
    {
        // U+FF5E comes before U+1F600 by UTF-8 bytes and by code point, after it by UTF-16 units.
        (string Name, long[] Shape, ReadOnlyMemory<float> Data)[] tensors = [Tensor("😀", 1), Tensor("～", 2), Tensor("b", 3), Tensor("B", 4), Tensor("a.10", 5), Tensor("a.2", 6)];
        SafetensorsWriter.Write(Target, tensors, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        byte[] first = File.ReadAllBytes(Target);
        SafetensorsWriter.Write(Target, tensors.Reverse(), new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        Assert.Equal(first, File.ReadAllBytes(Target));

        using SafetensorsFile file = SafetensorsFile.Open(Target);
        Assert.Equal(["B", "a.10", "a.2", "b", "～", "😀"], file.Tensors.Values.OrderBy(entry => entry.Begin).Select(entry => entry.Name));
    }

    [Fact]
    public void The_buffer_starts_at_a_multiple_of_8_bytes()
    {
        for (int length = 1; length <= 16; length++)
        {
            SafetensorsWriter.Write(Target, [Tensor(new string('n', length), 1)], s_noMetadata);
            Assert.Equal(4, new FileInfo(Target).Length % 8);
        }
    }

    [Theory]
    [InlineData("__metadata__", new long[] { 1 }, 1, "cannot have it")]
    [InlineData("w", new long[] { 2 }, 1, "shape [2] but 1 elements")]
    [InlineData("w", new long[] { -1 }, 1, "shape [-1] but 1 elements")]
    [InlineData("w", new long[] { -1, -1 }, 1, "shape [-1, -1] but 1 elements")]
    [InlineData("w", new long[] { -1, 0 }, 0, "shape [-1, 0] but 0 elements")]
    [InlineData("w", new long[] { 1L << 32, 1L << 32 }, 0, "but 0 elements")]
    [InlineData("a", new long[] { 1 }, 1, "'a' stands twice")]
    public void Tensors_that_make_no_valid_file_are_refused(string name, long[] shape, int length, string expected)
    {
        File.WriteAllText(Target, "before");
        Assert.Contains(expected,
            Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Target, [("a", [1], new float[1]), (name, shape, new float[length])], s_noMetadata)).Message, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(Target));
    }

    [Fact]
    public void Text_that_UTF8_cannot_write_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Target, [Tensor("\ud800", 1)], s_noMetadata));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Target, [], new Dictionary<string, string> { ["k"] = "\udc00" }));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_existing_file_is_replaced_whole_and_nothing_else_is_left()
    {
        File.WriteAllBytes(Target, new byte[100_000]);
        SafetensorsWriter.Write(Target, [Tensor("w", 3)], s_noMetadata);
        Assert.Equal([Target], Directory.GetFiles(_folder));
        using SafetensorsFile file = SafetensorsFile.Open(Target);
        Assert.Single(file.Tensors);
    }

    [Fact]
    public void Cancelling_leaves_the_existing_file_and_nothing_else()
    {
        File.WriteAllText(Target, "before");
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => SafetensorsWriter.Write(Target, [Tensor("w", 3)], s_noMetadata, source.Token));
        Assert.Equal("before", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Target);
        Assert.ThrowsAny<Exception>(() => SafetensorsWriter.Write(Target, [Tensor("w", 3)], s_noMetadata));
        Assert.Empty(Directory.GetFiles(_folder));
    }
}
