using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>
/// Follows a ReLU whose static type was lost to where it ends up. Swapped ends: a container that is built or added to, a call of the
/// variable that holds it. Ends that run nothing are fine. Every other end leaves it a ReLU.
/// </summary>
/// <param name="types">The types to recognise.</param>
/// <param name="calls">Receives the calls that swap it.</param>
/// <param name="operations">All operations of the outermost type: a variable's uses are looked for in them.</param>
internal sealed class ReluFlow(TorchTypes types, CallCollector calls, IReadOnlyList<IOperation> operations)
{
    private readonly Dictionary<ISymbol, LeftReason?> _variables = new(SymbolEqualityComparer.Default);
    private ILookup<ISymbol, IOperation>? _uses;

    /// <summary>Null where the ReLU that <paramref name="value"/> may hold is swapped, or never run; else why it is left.</summary>
    public LeftReason? Follow(IOperation value)
    {
        while (true)
        {
            IOperation? parent = value.Parent;
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or ICoalesceOperation or ITupleOperation or ISwitchExpressionArmOperation
                    or ISwitchExpressionOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation
                    or ISpreadOperation or IObjectOrCollectionInitializerOperation:
                    value = parent;
                    continue;
                case IObjectCreationOperation creation when value is IObjectOrCollectionInitializerOperation:
                    value = creation;
                    continue;
                case IConditionalOperation conditional:
                    if (ReferenceEquals(conditional.Condition, value))
                        return null;
                    value = conditional;
                    continue;
                case IArgumentOperation argument when PassesThrough(argument) is { } result:
                    value = result;
                    continue;
                case IArgumentOperation argument:
                    return AtArgument(argument);
                case IInvocationOperation receiver when !Runs(receiver) && types.IsModuleLike(receiver.Type):
                    value = receiver;
                    continue;
                case IInvocationOperation receiver:
                    return null;
                case IPropertyReferenceOperation or IArrayElementReferenceOperation or IFieldReferenceOperation:
                    if (!types.IsModuleLike(parent.Type))
                        return null;
                    value = parent;
                    continue;
                case IConditionalAccessOperation access when ReferenceEquals(access.Operation, value):
                    return AtConditionalAccess(access);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return InVariable(declarator.Symbol);
                case IFieldInitializerOperation initializer:
                    return initializer.InitializedFields.Select(InVariable).FirstOrDefault(reason => reason is not null);
                case IPropertyInitializerOperation initializer:
                    return initializer.InitializedProperties.Select(InVariable).FirstOrDefault(reason => reason is not null);
                case IAssignmentOperation assignment:
                    return AtAssignment(assignment, value);
                case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation variable } loop when ReferenceEquals(loop.Collection, value):
                    return InVariable(variable.Symbol);
                case IReturnOperation:
                    return LeftReason.Returned;
                case IExpressionStatementOperation or IIsPatternOperation or IIsTypeOperation or IBinaryOperation or IInterpolationOperation or INameOfOperation:
                    return null;
                default:
                    return LeftReason.Stored;
            }
        }
    }

    /// <summary>Whether the call runs its receiver as a module; it is then redirected.</summary>
    private bool Runs(IInvocationOperation invocation)
    {
        if (SwapForms.Run(invocation.TargetMethod, types) is not { } form)
            return false;
        calls.Add(form, invocation);
        return true;
    }

    /// <summary>What a call gives back of its argument: tuples, arrays and lists made of it, and the library's sequence operators.</summary>
    private IOperation? PassesThrough(IArgumentOperation argument) => argument.Parent switch
    {
        IInvocationOperation { IsImplicit: true, Parent: IObjectOrCollectionInitializerOperation initializer } => initializer,
        IInvocationOperation { TargetMethod.ContainingType: { } type } invocation
            when type.Name is "Enumerable" or "Tuple" or "ValueTuple" or "KeyValuePair" && types.IsModuleLike(invocation.Type) => invocation,
        IInvocationOperation { TargetMethod: { ReturnType: ITypeParameterSymbol } method } invocation
            when IsTorchSharp(method.ContainingType) && method.IsExtensionMethod => invocation,
        IObjectCreationOperation { Type: { } type } creation when type.Name is "Tuple" or "ValueTuple" or "KeyValuePair" or "List" => creation,
        _ => null,
    };

    private bool IsTorchSharp(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, types.ReLU.ContainingAssembly);

    private LeftReason? AtArgument(IArgumentOperation argument)
    {
        if (argument.Parent is not IInvocationOperation invocation)
            return LeftReason.Passed;
        IMethodSymbol method = invocation.TargetMethod;
        if (method.MethodKind == MethodKind.Constructor)
            return LeftReason.ConstructorArgument;
        if (SwapForms.BuildsContainer(method, types) is not null)
            return null;
        if (SwapForms.Puts(method, types) is { } form)
        {
            calls.Add(form, invocation);
            return null;
        }
        if (method.Name == "AddRange" && TorchTypes.Same(method.ContainingType, types.List))
            return Variable(invocation.Instance) is { } list ? InVariable(list) : LeftReason.Stored;
        return IsBookkeeping(method) ? null : LeftReason.Passed;
    }

    /// <summary>Methods that take a module and run nothing.</summary>
    private static bool IsBookkeeping(IMethodSymbol method) =>
        method.Name is "register_module" or "add_module" or "Contains" or "IndexOf" or "Remove" or "Equals" or "ReferenceEquals";

    private LeftReason? AtConditionalAccess(IConditionalAccessOperation access)
    {
        if (access.WhenNotNull is not IInvocationOperation invocation)
            return types.IsModuleLike(access.Type) ? LeftReason.Stored : null;
        return Runs(invocation) || !types.IsModuleLike(invocation.Type) ? null : LeftReason.Stored;
    }

    private LeftReason? AtAssignment(IAssignmentOperation assignment, IOperation value)
    {
        if (ReferenceEquals(assignment.Target, value))
            return null;
        if (assignment.Parent is not IExpressionStatementOperation || assignment is ICompoundAssignmentOperation or IDeconstructionAssignmentOperation)
            return LeftReason.Stored;
        return Variable(assignment.Target) is { } variable ? InVariable(variable) : LeftReason.Stored;
    }

    private static ISymbol? Variable(IOperation? target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    /// <summary>Every use of a variable that holds the ReLU must be a swapped or a harmless one.</summary>
    private LeftReason? InVariable(ISymbol variable)
    {
        if (!AllUsesAreHere(variable))
            return LeftReason.Stored;
        if (_variables.TryGetValue(variable, out LeftReason? known))
            return known;
        _variables[variable] = null; // a use that leads back to the variable adds nothing
        bool left = Uses()[variable].Any(use => Follow(use) is not null);
        return _variables[variable] = left ? LeftReason.Stored : null;
    }

    private static bool AllUsesAreHere(ISymbol variable) => variable switch
    {
        ILocalSymbol => true,
        IFieldSymbol field => field.DeclaredAccessibility == Accessibility.Private,
        IPropertySymbol property => property is { DeclaredAccessibility: Accessibility.Private, IsIndexer: false } && IsAuto(property),
        _ => false,
    };

    private static bool IsAuto(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    private ILookup<ISymbol, IOperation> Uses() => _uses ??= operations
        .Where(operation => Variable(operation) is not null)
        .ToLookup(operation => Variable(operation)!.OriginalDefinition, SymbolEqualityComparer.Default);
}
