using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads arrays and collections: how they are made, and their elements.</summary>
internal sealed class CollectionReader(ClassReading reading, ExpressionReader expressions)
{
    public Expression Element(Expression collection, IOperation index)
    {
        index = Constants.Unconverted(index);
        if (index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand: { } fromEnd })
            return ExpressionReader.All(new Expression.Index(collection, expressions.Read(fromEnd), FromEnd: true));
        return index.Type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 }
            ? ExpressionReader.All(new Expression.Index(collection, expressions.Read(index)))
            : expressions.Strange(index);
    }

    public Expression Array(IArrayCreationOperation array)
    {
        if (DataTypes.Of(array.Type, reading.Types) is not { Kind: DataKind.Array } type)
            return expressions.Strange(array);
        if (array.Initializer is { } initializer)
            return ExpressionReader.All(new Expression.NewArray(type.Arguments[0], expressions.ReadAll(initializer.ElementValues)));
        return array.DimensionSizes is [{ } size]
            ? ExpressionReader.All(new Expression.SizedArray(type.Arguments[0], expressions.Read(size)))
            : expressions.Strange(array);
    }

    public Expression Collection(ICollectionExpressionOperation collection)
    {
        if (collection.Elements.Any(element => element is ISpreadOperation))
            return reading.Problem(collection, Instead.Value);
        EquatableArray<Expression> items = expressions.ReadAll(collection.Elements);
        if (DataTypes.Of(collection.Type, reading.Types) is { Kind: DataKind.List or DataKind.Stack or DataKind.Queue } type)
            return ExpressionReader.All(new Expression.NewCollection(type, default, items));
        return ElementOf(collection.Type) is { } element
            ? ExpressionReader.All(new Expression.NewArray(element, items))
            : expressions.Strange(collection);
    }

    public Expression New(IObjectCreationOperation creation)
    {
        if (DataTypes.Of(creation.Type, reading.Types) is not { Kind: DataKind.List or DataKind.Stack or DataKind.Queue } type)
            return expressions.Strange(creation);
        ImmutableArray<IOperation> added = [];
        if (creation.Initializer is { } initializer)
        {
            if (initializer.Initializers.Any(item => item is not IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1 }))
                return expressions.Strange(creation);
            added = [.. initializer.Initializers.Select(item => ((IInvocationOperation)item).Arguments[0].Value)];
        }
        return ExpressionReader.All(new Expression.NewCollection(
            type,
            expressions.ReadAll(creation.Arguments.Select(argument => argument.Value)),
            expressions.ReadAll(added)));
    }

    private DataType? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => DataTypes.Of(array.ElementType, reading.Types),
        INamedTypeSymbol { TypeArguments: [{ } element] } => DataTypes.Of(element, reading.Types),
        _ => null,
    };
}
