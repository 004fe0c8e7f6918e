using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Forward;

/// <summary>Tells what a C# type holds.</summary>
internal static class DataTypes
{
    /// <summary>Null where a forward over recorded values has no such type.</summary>
    public static DataType? Of(ITypeSymbol? type, TorchTypes types)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } value] })
            return Of(value, types) is { } known ? known with { IsNullable = true } : null;
        DataType? data = NotNull(type, types);
        return data is not null && type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? data with { IsNullable = true } : data;
    }

    private static DataType? NotNull(ITypeSymbol? type, TorchTypes types)
    {
        switch (type)
        {
            case null:
                return null;
            case { SpecialType: not SpecialType.None } when Plain(type.SpecialType) is { } plain:
                return DataType.Of(plain);
            case IArrayTypeSymbol { Rank: 1 } array:
                return Of(array.ElementType, types) is { } element ? DataType.Of(DataKind.Array, element) : null;
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return WithArguments(DataKind.Tuple, tuple.TupleElements.Select(element => element.Type), types);
        }
        if (types.IsTensor(type))
            return DataType.Tensor;
        if (types.IsModuleType(type))
            return DataType.Module;
        return type is INamedTypeSymbol { TypeArguments.Length: 1 } named && TorchTypes.IsSystemCollection(named) && Collection(named.Name) is { } collection
            ? WithArguments(collection, named.TypeArguments, types)
            : null;
    }

    private static DataType? WithArguments(DataKind kind, IEnumerable<ITypeSymbol> arguments, TorchTypes types)
    {
        ImmutableArray<DataType?> all = [.. arguments.Select(argument => Of(argument, types))];
        return all.Contains(null) ? null : new(kind, new([.. all.OfType<DataType>()]));
    }

    private static DataKind? Plain(SpecialType type) => type switch
    {
        SpecialType.System_Void => DataKind.Void,
        SpecialType.System_Boolean => DataKind.Bool,
        SpecialType.System_Int32 => DataKind.Int,
        SpecialType.System_Int64 => DataKind.Long,
        SpecialType.System_Single => DataKind.Float,
        SpecialType.System_Double => DataKind.Double,
        SpecialType.System_String => DataKind.String,
        _ => null,
    };

    private static DataKind? Collection(string name) => name switch
    {
        "List" => DataKind.List,
        "Stack" => DataKind.Stack,
        "Queue" => DataKind.Queue,
        "IEnumerable" => DataKind.IEnumerable,
        "IList" or "ICollection" => DataKind.IList,
        "IReadOnlyList" or "IReadOnlyCollection" => DataKind.IReadOnlyList,
        _ => null,
    };
}
