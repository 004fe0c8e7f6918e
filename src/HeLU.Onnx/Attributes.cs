using Google.Protobuf;
using Helu.Onnx.Schema;
using static Helu.Onnx.Schema.AttributeProto.Types;

namespace Helu.Onnx;

/// <summary>Makes a node's attributes.</summary>
internal static class Attributes
{
    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Bool(string name, bool value) => Int(name, value ? 1 : 0);

    public static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    public static AttributeProto Float(string name, double value) => new() { Name = name, Type = AttributeType.Float, F = (float)value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };
}
