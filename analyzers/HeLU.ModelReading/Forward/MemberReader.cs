using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads fields and properties: of the model, of tensors, of collections.</summary>
internal sealed class MemberReader(ClassReading reading, ExpressionReader expressions)
{
    public Expression Parameter(IParameterSymbol parameter, IOperation operation)
    {
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
            return reading.Problem(operation, Instead.CapturedParameter);
        return DataTypes.Of(parameter.Type, reading.Types) is not null ? new Expression.Local(parameter.Name) : expressions.Strange(operation);
    }

    public Expression Field(IFieldReferenceOperation reference)
    {
        IFieldSymbol field = reference.Field;
        if (field.ContainingType is { IsTupleType: true } && reference.Instance is { } tuple)
            return ExpressionReader.All(new Expression.Member(expressions.Read(tuple), (field.CorrespondingTupleField ?? field).Name));
        return IsOwn(reference.Instance, field.ContainingType)
            ? OfModel(field.Name, field.Type, reference)
            : Foreign(reference);
    }

    public Expression Property(IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        ITypeSymbol owner = property.ContainingType;
        if (reading.Types.IsTensor(owner))
            return OfTensor(reference);
        if (property is { Name: "training", Type.SpecialType: SpecialType.System_Boolean } && reading.Types.IsTorchSharp(owner))
            return Training(reference);
        if (reference is { Instance: { } instance, Arguments: [{ Value: { } index }] })
            return Indexer(instance, index, reference);
        if (property.Name is "Count" or "Length" && reference.Instance is { } collection && IsCollection(collection.Type))
            return ExpressionReader.All(new Expression.Member(expressions.ReadPresent(collection), property.Name));
        if (property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && reference.Instance is { } number)
            return ExpressionReader.All(new Expression.Member(expressions.Read(number), property.Name));
        if (!IsOwn(reference.Instance, property.ContainingType))
            return Foreign(reference);
        IMethodSymbol? getter = property.GetMethod is { } found && reference.Instance is not IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax }
            ? ModelMethods.Override(found, reading.Type)
            : property.GetMethod;
        if (getter?.AssociatedSymbol is IPropertySymbol overriding && !IsAuto(overriding) && !getter.DeclaringSyntaxReferences.IsEmpty)
            return new Expression.HelperCall(reading.Helper(getter.OriginalDefinition), default, IsLocal: false);
        return OfModel(property.Name, property.Type, reference);
    }

    /// <summary>A fused forward runs while the model is in training mode; of a library's module nobody asks whether it is in another.</summary>
    private Expression Training(IPropertyReferenceOperation reference)
    {
        if (!reading.IsTraining)
            return Expression.Constant.False;
        return reference.Instance is IInstanceReferenceOperation ? Expression.Constant.True : reading.Problem(reference, Instead.TrainingOfOther);
    }

    /// <summary>Whether a member belongs to the model itself, and not to another object.</summary>
    public bool IsOwn(IOperation? instance, INamedTypeSymbol owner)
    {
        if (instance is not null)
            return instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
        for (INamedTypeSymbol? type = reading.Type; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, owner.OriginalDefinition))
                return true;
        }
        return false;
    }

    private Expression OfModel(string name, ITypeSymbol type, IOperation reference)
    {
        DataType? data = DataTypes.Of(type, reading.Types);
        switch (data)
        {
            case { Kind: DataKind.Tensor }:
                return new Expression.ParameterField(reading.Parameter(name));
            case { Kind: DataKind.Module }:
                return new Expression.ModuleField(reading.Module(name), type.NullableAnnotation != NullableAnnotation.NotAnnotated);
            case { Kind: DataKind.Array or DataKind.List or DataKind.IList or DataKind.IReadOnlyList or DataKind.IEnumerable, Arguments: [{ Kind: DataKind.Module }] }:
                return new Expression.ModulesField(reading.Module(name));
            case { IsPlain: true }:
                return new Expression.ValueField(reading.Value(name), data);
            default:
                return expressions.Strange(reference);
        }
    }

    private Expression OfTensor(IPropertyReferenceOperation reference)
    {
        if (reference.Instance is not { } tensor)
            return expressions.Strange(reference);
        Expression value = expressions.Read(tensor);
        if (value == Expression.None)
            return value;
        return reference.Property.Name switch
        {
            "shape" => new Expression.Member(value, "shape"),
            "ndim" or "Dimensions" => new Expression.Member(value, "dim"),
            "NumberOfElements" => new Expression.Member(value, "numel"),
            "requires_grad" => reading.IsTraining ? reading.Problem(reference, Instead.Gradient) : Expression.Constant.False,
            "T" => new Expression.Operation("transpose", new([value, new Expression.Constant(0), new Expression.Constant(1)])),
            "mT" => new Expression.Operation("transpose", new([value, new Expression.Constant(-2), new Expression.Constant(-1)])),
            _ => reading.Problem(reference, reference.Property.IsIndexer ? Instead.Index : Instead.Operation),
        };
    }

    private Expression Indexer(IOperation instance, IOperation index, IOperation reference)
    {
        if (!IsCollection(instance.Type))
            return Foreign(reference);
        return ExpressionReader.All(new Expression.Index(expressions.ReadPresent(instance), expressions.Read(index)));
    }

    /// <summary>Whether a type's members Count, Length and index are those of a collection that recorded values have too.</summary>
    private bool IsCollection(ITypeSymbol? type) =>
        DataTypes.Of(type, reading.Types) is { } data
        && (data.Kind != DataKind.Module || TorchTypes.Same(type, reading.Types.Sequential) || reading.Types.IsKnownCollection(type))
        && data.Kind is not (DataKind.Tensor or DataKind.Tuple);

    private Expression Foreign(IOperation reference) => reference.Type?.TypeKind == TypeKind.Error ? reading.Broken() : reading.Problem(reference, Instead.OtherObject);

    private static bool IsAuto(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
