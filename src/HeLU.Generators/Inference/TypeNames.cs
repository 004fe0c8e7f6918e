using Helu.ModelReading;
using Helu.ModelReading.Forward;

namespace Helu.Generators.Inference;

/// <summary>What the types of a forward are called in the generated code, where tensors are recorded values and modules are nodes.</summary>
internal static class TypeNames
{
    private const string Collections = "global::System.Collections.Generic.";

    public static string Of(DataType type) => NotNull(type) + (type.IsNullable ? "?" : "");

    /// <summary>A parameter takes any list of modules: a field's is an array.</summary>
    public static string OfParameter(DataType type) => type is { Kind: DataKind.List, Arguments: [{ Kind: DataKind.Module }] } ? Of(type with { Kind = DataKind.IReadOnlyList }) : Of(type);

    private static string NotNull(DataType type) => type.Kind switch
    {
        DataKind.Tensor => "Value",
        DataKind.Module => "ModuleNode",
        DataKind.Array => ArrayOf(type.Arguments[0]),
        DataKind.Tuple => $"({Arguments(type.Arguments)})",
        DataKind.Void or DataKind.Bool or DataKind.Int or DataKind.Long or DataKind.Float or DataKind.Double or DataKind.String => type.Kind.ToString().ToLowerInvariant(),
        _ => $"{Collections}{type.Kind}<{Arguments(type.Arguments)}>",
    };

    /// <summary>An array of arrays is read from the outside in: <c>long[][]</c>.</summary>
    private static string ArrayOf(DataType element) => Of(element) + "[]";

    private static string Arguments(EquatableArray<DataType> types) => string.Join(", ", types.Select(Of));
}
