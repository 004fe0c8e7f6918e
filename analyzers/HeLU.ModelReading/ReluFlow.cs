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
    private readonly VariableUses _variables = new(operations);
    private readonly Dictionary<ISymbol, LeftReason?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Null where the ReLU that <paramref name="value"/> may hold is swapped, or never run; else why it is left.</summary>
    public LeftReason? Follow(IOperation value)
    {
        if (value is IConversionOperation { OperatorMethod: not null })
            return LeftReason.Passed;
        while (true)
        {
            IOperation? parent = value.Parent;
            switch (parent)
            {
                case IConversionOperation { OperatorMethod: not null }:
                    return LeftReason.Passed;
                case IIsPatternOperation or ISwitchOperation:
                case ISwitchExpressionOperation choice when ReferenceEquals(choice.Value, value):
                    return InAll(Patterns.VariablesOf(parent));
                case ICollectionExpressionOperation or IObjectCreationOperation when !types.IsKnownCollection(parent.Type):
                    return LeftReason.Passed;
                case IConversionOperation or IParenthesizedOperation or ICoalesceOperation or ITupleOperation or ISwitchExpressionArmOperation
                    or ISwitchExpressionOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation
                    or ISpreadOperation or IObjectOrCollectionInitializerOperation or IObjectCreationOperation:
                    value = parent;
                    continue;
                case IConditionalOperation conditional:
                    if (ReferenceEquals(conditional.Condition, value))
                        return null;
                    value = conditional;
                    continue;
                case IDeclarationExpressionOperation or IArgumentOperation { Parameter.RefKind: RefKind.Out }:
                    return null;
                case IArgumentOperation argument when PassesThrough(argument) is { } result:
                    value = result;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation call } when TorchTypes.IsSystem(call.TargetMethod.ContainingType, "Enumerable"):
                case IInvocationOperation when SwapForms.Run(((IInvocationOperation)parent).TargetMethod, types) is null:
                    IInvocationOperation through = parent as IInvocationOperation ?? (IInvocationOperation)parent.Parent!;
                    if (HandedOn(through) is { } handedOn)
                        return handedOn;
                    if (!types.IsModuleLike(through.Type))
                        return null;
                    value = through;
                    continue;
                case IInvocationOperation run:
                    return calls.Add(SwapForms.Run(run.TargetMethod, types)!.Value, run) ? null : LeftReason.Stored;
                case IArgumentOperation argument:
                    return AtArgument(argument);
                case IPropertyReferenceOperation or IArrayElementReferenceOperation or IFieldReferenceOperation or IImplicitIndexerReferenceOperation:
                    if (!types.IsModuleLike(parent.Type))
                        return null;
                    value = parent;
                    continue;
                case IConditionalAccessOperation access when ReferenceEquals(access.Operation, value):
                    if (InstanceOf(access) is not { } instance)
                        return LeftReason.Stored;
                    value = instance;
                    continue;
                case IConditionalAccessOperation:
                    value = parent;
                    continue;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return InVariable(declarator.Symbol);
                case IFieldInitializerOperation initializer:
                    return InAll(initializer.InitializedFields);
                case IPropertyInitializerOperation initializer:
                    return InAll(initializer.InitializedProperties);
                case IAssignmentOperation assignment:
                    return AtAssignment(assignment, value);
                case IForEachLoopOperation loop when ReferenceEquals(loop.Collection, value):
                    return loop.Locals.IsEmpty ? LeftReason.Stored : InAll(loop.Locals);
                case IReturnOperation when LibraryCallOf(parent) is { } call:
                    if (!types.IsModuleLike(call.Type))
                        return null;
                    value = call;
                    continue;
                case IReturnOperation:
                    return LeftReason.Returned;
                case IExpressionStatementOperation or IIsTypeOperation or IBinaryOperation or IInterpolationOperation or INameOfOperation:
                    return null;
                default:
                    return LeftReason.Stored;
            }
        }
    }

    /// <summary>What a call gives back of its argument: tuples, arrays and lists made of it, a module moved to a device.</summary>
    private IOperation? PassesThrough(IArgumentOperation argument) => argument.Parent switch
    {
        IInvocationOperation { IsImplicit: true, Parent: IObjectOrCollectionInitializerOperation initializer } => initializer,
        IInvocationOperation { TargetMethod.ContainingType: { } type } invocation
            when TorchTypes.IsSystem(type, "Tuple", "ValueTuple", "KeyValuePair") && types.IsModuleLike(invocation.Type) => invocation,
        IInvocationOperation { TargetMethod: { IsExtensionMethod: true, OriginalDefinition.ReturnType: ITypeParameterSymbol } method } invocation
            when types.IsTorchSharp(method.ContainingType) => invocation,
        IObjectCreationOperation { Type: INamedTypeSymbol type } creation
            when TorchTypes.IsSystem(type, "Tuple", "ValueTuple", "KeyValuePair", "List") => creation,
        _ => null,
    };

    /// <summary>What a method of a collection or a module hands to lambdas and out variables, at worst each ReLU that it holds.</summary>
    private LeftReason? HandedOn(IInvocationOperation invocation)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            LeftReason? reason = argument.Value switch
            {
                IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => InAll(lambda.Symbol.Parameters),
                { Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } } =>
                    invoke.Parameters.Any(parameter => types.IsModuleLike(parameter.Type)) ? LeftReason.Stored : null,
                _ when argument.Parameter is { RefKind: not RefKind.None } => InTarget(argument.Value),
                _ => null,
            };
            if (reason is not null)
                return reason;
        }
        return null;
    }

    private LeftReason? AtArgument(IArgumentOperation argument)
    {
        if (argument.Parent is not IInvocationOperation invocation)
            return LeftReason.Passed;
        IMethodSymbol method = invocation.TargetMethod;
        if (method.MethodKind == MethodKind.Constructor)
            return LeftReason.ConstructorArgument;
        if (SwapForms.BuildsContainer(method, types) is { } container)
            return calls.Add(container, invocation) ? null : LeftReason.Stored;
        if (SwapForms.Puts(method, types) is { } form)
            return calls.Add(form, invocation) ? null : LeftReason.Stored;
        if (IsBookkeeping(method, argument))
            return null;
        if (TorchTypes.IsSystemCollection(method.ContainingType) && invocation.Instance is { } collection)
            return VariableUses.Of(collection) is { } variable && _variables.IsAlwaysNew(variable) ? InVariable(variable) : LeftReason.Stored;
        return LeftReason.Passed;
    }

    /// <summary>Methods that take a module and run nothing. A module that is registered and held by nothing else can only be run out of sight.</summary>
    private bool IsBookkeeping(IMethodSymbol method, IArgumentOperation argument)
    {
        if (types.IsTorchSharp(method.ContainingType) && method.Name is "register_module" or "add_module")
            return VariableUses.Of(Unconverted(argument.Value)) is not null;
        return TorchTypes.IsSystem(method.ContainingType, "Console", "String", "ArgumentNullException", "Debug")
            || (method.Name is "Contains" or "IndexOf" or "Remove" or "Equals" or "ReferenceEquals"
                && (types.IsTorchSharp(method.ContainingType) || TorchTypes.IsSystem(method.ContainingType)));
    }

    private LeftReason? AtAssignment(IAssignmentOperation assignment, IOperation value)
    {
        if (ReferenceEquals(assignment.Target, value))
            return null;
        if (assignment.Parent is not IExpressionStatementOperation || assignment is ICompoundAssignmentOperation)
            return LeftReason.Stored;
        return InTarget(assignment.Target);
    }

    /// <summary>Where a value is written to: a variable, or each of a tuple of them.</summary>
    private LeftReason? InTarget(IOperation target) => target switch
    {
        IDiscardOperation => null,
        IDeclarationExpressionOperation declaration => InTarget(declaration.Expression),
        ITupleOperation tuple => tuple.Elements.Select(InTarget).FirstOrDefault(reason => reason is not null),
        _ when !types.IsModuleLike(target.Type) => null,
        _ => VariableUses.Of(target) is { } variable ? InVariable(variable) : LeftReason.Stored,
    };

    private LeftReason? InAll(IEnumerable<ISymbol> variables) => variables
        .Where(variable => types.IsModuleLike(VariableUses.TypeOf(variable)))
        .Select(InVariable)
        .FirstOrDefault(reason => reason is not null);

    /// <summary>Every use of a variable that holds the ReLU must be a swapped or a harmless one.</summary>
    private LeftReason? InVariable(ISymbol variable)
    {
        variable = variable.OriginalDefinition;
        if (!VariableUses.AreAllHere(variable))
            return LeftReason.Stored;
        if (_known.TryGetValue(variable, out LeftReason? known))
            return known;
        _known[variable] = null; // a use that leads back to the variable adds nothing
        LeftReason? reason = null;
        foreach (IOperation use in _variables.UsesOf(variable))
        {
            if (Follow(use) is not null)
                reason = LeftReason.Stored; // the uses that can be redirected still are
        }
        return _known[variable] = reason;
    }

    /// <summary>The call of a sequence or list method that takes the lambda in which <paramref name="operation"/> stands.</summary>
    private static IInvocationOperation? LibraryCallOf(IOperation operation)
    {
        IOperation? function = operation.Parent;
        while (function is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
            function = function.Parent;
        return function is { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: { } type } call } } }
            && (TorchTypes.IsSystem(type, "Enumerable") || TorchTypes.IsSystemCollection(type))
            ? call
            : null;
    }

    private static IOperation? InstanceOf(IConditionalAccessOperation access) =>
        access.WhenNotNull.DescendantsAndSelf().FirstOrDefault(operation => operation is IConditionalAccessInstanceOperation);

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }
}
