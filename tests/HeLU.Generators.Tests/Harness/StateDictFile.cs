using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace Helu.Generators.Tests.Harness;

/// <summary>A state dict as a safetensors file (huggingface.co/docs/safetensors: the header's length, the header as JSON, the tensors).</summary>
internal static class StateDictFile
{
    public static void Write(string path, nn.Module model)
    {
        var header = new Dictionary<string, object>();
        using var data = new MemoryStream();
        foreach ((string name, Tensor tensor) in model.state_dict())
        {
            if (tensor.dtype != ScalarType.Float32)
                continue;
            long start = data.Length;
            data.Write(tensor.detach().contiguous().bytes);
            header[name] = new { dtype = "F32", tensor.shape, data_offsets = new[] { start, data.Length } };
        }
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data.ToArray()]);
    }
}
