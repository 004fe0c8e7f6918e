namespace Helu.Inference.Weights;

/// <summary>Names and sizes of the element types.</summary>
internal static class SafetensorsDtypes
{
    private static readonly Dictionary<string, SafetensorsDtype> s_byName =
        Enum.GetValues<SafetensorsDtype>().ToDictionary(dtype => dtype.ToString(), StringComparer.Ordinal);

    /// <summary>All names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", s_byName.Keys);

    public static bool TryParse(string name, out SafetensorsDtype dtype) => s_byName.TryGetValue(name, out dtype);

    /// <summary>Bits of one element; the elements of a tensor are packed.</summary>
    public static int Bits(this SafetensorsDtype dtype) => dtype switch
    {
        SafetensorsDtype.F4 => 4,
        SafetensorsDtype.F6_E2M3 or SafetensorsDtype.F6_E3M2 => 6,
        SafetensorsDtype.I16 or SafetensorsDtype.U16 or SafetensorsDtype.F16 or SafetensorsDtype.BF16 => 16,
        SafetensorsDtype.I32 or SafetensorsDtype.U32 or SafetensorsDtype.F32 => 32,
        SafetensorsDtype.C64 or SafetensorsDtype.F64 or SafetensorsDtype.I64 or SafetensorsDtype.U64 => 64,
        _ => 8,
    };
}
