using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>Where the variables (locals, parameters, fields, automatic properties) of a type are read and written.</summary>
/// <param name="operations">All operations of the outermost type.</param>
internal sealed class VariableUses(IReadOnlyList<IOperation> operations)
{
    private ILookup<ISymbol, IOperation>? _uses;
    private ILookup<ISymbol, IOperation>? _initialValues;

    /// <summary>The variable that <paramref name="reference"/> names.</summary>
    public static ISymbol? Of(IOperation? reference) => reference switch
    {
        ILocalReferenceOperation local => local.Local.OriginalDefinition,
        IParameterReferenceOperation parameter => parameter.Parameter.OriginalDefinition,
        IFieldReferenceOperation field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation property => property.Property.OriginalDefinition,
        _ => null,
    };

    public static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>Whether no other code can use the variable.</summary>
    public static bool AreAllHere(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.RefKind == RefKind.None,
        IParameterSymbol parameter => parameter.RefKind == RefKind.None,
        IFieldSymbol field => field.DeclaredAccessibility == Accessibility.Private,
        IPropertySymbol property => property is { DeclaredAccessibility: Accessibility.Private, IsIndexer: false } && IsAuto(property),
        _ => false,
    };

    public IEnumerable<IOperation> UsesOf(ISymbol variable) =>
        (_uses ??= operations.Where(operation => Of(operation) is not null).ToLookup(operation => Of(operation)!, SymbolEqualityComparer.Default))[variable];

    /// <summary>Whether every value of the variable was made for it, so that no other variable holds the same collection.</summary>
    public bool IsAlwaysNew(ISymbol variable)
    {
        IOperation[] values = [.. InitialValues()[variable], .. UsesOf(variable).Select(Assigned).OfType<IOperation>()];
        return values.Length > 0 && values.All(IsNew);
    }

    private ILookup<ISymbol, IOperation> InitialValues() => _initialValues ??= operations
        .SelectMany(Initialised)
        .ToLookup(pair => pair.Variable, pair => pair.Value, SymbolEqualityComparer.Default);

    private static IEnumerable<(ISymbol Variable, IOperation Value)> Initialised(IOperation operation) => operation switch
    {
        IVariableDeclaratorOperation { Initializer: { } initializer } declarator => [(declarator.Symbol, initializer.Value)],
        IFieldInitializerOperation initializer => initializer.InitializedFields.Select(field => ((ISymbol)field, initializer.Value)),
        IPropertyInitializerOperation initializer => initializer.InitializedProperties.Select(property => ((ISymbol)property, initializer.Value)),
        _ => [],
    };

    private static IOperation? Assigned(IOperation use) =>
        use.Parent is IAssignmentOperation assignment && ReferenceEquals(assignment.Target, use) ? assignment.Value : null;

    private static bool IsNew(IOperation value) => value switch
    {
        IConversionOperation conversion => IsNew(conversion.Operand),
        IObjectCreationOperation or ICollectionExpressionOperation or IArrayCreationOperation => true,
        IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray" or "ToDictionary" } method } => TorchTypes.IsSystem(method.ContainingType, "Enumerable"),
        _ => false,
    };

    private static bool IsAuto(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
