namespace Helu.ModelReading.Forward;

/// <summary>The type of a variable of a model's forward.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Arguments">The types of an array's, a collection's or a tuple's elements.</param>
/// <param name="IsNullable">Whether it is declared to hold null too.</param>
internal sealed record DataType(DataKind Kind, EquatableArray<DataType> Arguments = default, bool IsNullable = false)
{
    public static DataType Tensor { get; } = new(DataKind.Tensor);

    public static DataType Module { get; } = new(DataKind.Module);

    public static DataType Long { get; } = new(DataKind.Long);

    public static DataType Void { get; } = new(DataKind.Void);

    /// <summary>Whether it is a number, a truth value or a string, or an array of them: what a frozen model can hold as a field's value.</summary>
    public bool IsPlain => Kind switch
    {
        DataKind.Bool or DataKind.Int or DataKind.Long or DataKind.Float or DataKind.Double or DataKind.String => true,
        DataKind.Array => Arguments[0] is { Kind: not DataKind.Array, IsPlain: true },
        _ => false,
    };

    public static DataType Of(DataKind kind, params DataType[] arguments) => new(kind, new([.. arguments]));
}
