using System.Buffers.Binary;
using System.Text;

namespace Helu.Inference.Tests.Weights;

/// <summary>Puts safetensors files together byte by byte, so that readers are tested without our writer.</summary>
internal static class SafetensorsBytes
{
    /// <summary>A file with the true header length.</summary>
    public static byte[] File(string header, params byte[] buffer) => File(Encoding.UTF8.GetBytes(header), buffer);

    public static byte[] File(byte[] header, byte[] buffer) => File((ulong)header.Length, header, buffer);

    /// <summary>A file that declares any header length.</summary>
    public static byte[] File(ulong headerLength, byte[] header, byte[] buffer)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, headerLength);
        return [.. length, .. header, .. buffer];
    }

    /// <summary>The header of one tensor named w.</summary>
    public static string Header(string dtype, string shape, string offsets) =>
        $$$"""{"w":{"dtype":{{{dtype}}},"shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""";
}
