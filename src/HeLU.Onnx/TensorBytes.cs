using System.Buffers.Binary;
using Google.Protobuf;
using Helu.Onnx.Schema;

namespace Helu.Onnx;

/// <summary>Floats as a tensor stores them: little-endian, in the tensor's type.</summary>
internal static class TensorBytes
{
    private const int ChunkFloats = 1 << 14;

    public static long Length(TensorProto tensor, float[] data) => (long)data.Length * Width(tensor.DataType);

    public static ByteString Of(TensorProto.Types.DataType type, ReadOnlySpan<float> data)
    {
        var bytes = new byte[data.Length * Width(type)];
        Write(type, data, bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static void Write(Stream stream, TensorProto.Types.DataType type, float[] data, CancellationToken token)
    {
        var chunk = new byte[ChunkFloats * Width(type)];
        for (int i = 0; i < data.Length; i += ChunkFloats)
        {
            token.ThrowIfCancellationRequested();
            ReadOnlySpan<float> floats = data.AsSpan(i, Math.Min(ChunkFloats, data.Length - i));
            Write(type, floats, chunk);
            stream.Write(chunk, 0, floats.Length * Width(type));
        }
    }

    private static int Width(TensorProto.Types.DataType type) => type == TensorProto.Types.DataType.Float16 ? 2 : sizeof(float);

    private static void Write(TensorProto.Types.DataType type, ReadOnlySpan<float> data, Span<byte> bytes)
    {
        int width = Width(type);
        for (int i = 0; i < data.Length; i++)
        {
            if (type == TensorProto.Types.DataType.Float16)
                BinaryPrimitives.WriteHalfLittleEndian(bytes[(i * width)..], (Half)data[i]);
            else
                BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * width)..], data[i]);
        }
    }
}
