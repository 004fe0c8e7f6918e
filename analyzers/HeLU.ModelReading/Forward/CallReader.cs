using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads calls: of modules, of operations on tensors, of the model's own methods, of what .NET offers for plain values.</summary>
internal sealed class CallReader(ClassReading reading, ExpressionReader expressions)
{
    private static readonly string[] s_collectionMethods =
        ["Add", "AddRange", "Insert", "RemoveAt", "Clear", "Reverse", "ToArray", "Push", "Pop", "Peek", "Enqueue", "Dequeue"];

    private static readonly string[] s_sequenceMethods =
        ["Reverse", "Skip", "Take", "First", "Last", "ToArray", "ToList", "Concat", "Append", "Prepend", "Zip", "Range", "Count", "Sum", "Max", "Min", "ElementAt"];

    private readonly TensorOperations _operations = new(reading, expressions);

    public Expression Read(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.MethodKind == MethodKind.LocalFunction)
            return Local(call);
        if (method.ContainingType is not { } owner)
            return expressions.Strange(call);
        if (TorchTypes.Same(owner, reading.Types.DisposeScope))
            return call.Arguments is [{ Value: { } moved }] ? expressions.Read(moved) : expressions.Strange(call);
        if (IsModuleRun(call))
            return Module(call);
        if (_operations.Knows(method))
            return _operations.Read(call);
        if (ListsChildren(call))
            return Children(call);
        if (IsOwnMethod(call))
            return Own(call);
        if (IsPlain(method) && !HasLambda(call))
            return Plain(call);
        return Foreign(call);
    }

    private Expression Local(IInvocationOperation call) =>
        ExpressionReader.All(new Expression.HelperCall(call.TargetMethod.Name, Arguments(call), IsLocal: true));

    private bool IsModuleRun(IInvocationOperation call) =>
        call is { TargetMethod: { Name: "call" or "forward", IsStatic: false } method, Instance: not IInstanceReferenceOperation }
        && reading.Types.IsModuleType(call.Instance!.Type)
        && (reading.Types.IsTorchSharp(method.ContainingType) || ModelMethods.IsForward(method, reading.Types));

    private Expression Module(IInvocationOperation call)
    {
        if (!TorchTypes.Same(call.Type, reading.Types.Tensor))
            return reading.Problem(call, Instead.ModuleResult);
        var inputs = new List<Expression>();
        foreach (IArgumentOperation argument in InOrder(call))
        {
            if (reading.Types.IsTensor(argument.Parameter?.Type) && !IsNull(argument.Value))
                inputs.Add(expressions.Read(argument.Value));
            else if (argument.ArgumentKind != ArgumentKind.DefaultValue && !IsNull(argument.Value))
                return reading.Problem(argument.Value, Instead.Argument);
        }
        return ExpressionReader.All(new Expression.ModuleCall(expressions.ReadPresent(call.Instance!), new([.. inputs]), reading.Swap(call)));
    }

    private bool ListsChildren(IInvocationOperation call) =>
        call is { TargetMethod: { Name: "children" or "named_children" }, Instance: { Type: { } type } }
        && (TorchTypes.Same(type, reading.Types.Sequential) || TorchTypes.Same(type, reading.Types.ModuleList) || TorchTypes.Same(type, reading.Types.ModuleDict));

    /// <summary>A container as a list is its children, in order.</summary>
    private Expression Children(IInvocationOperation call)
    {
        Expression container = expressions.ReadPresent(call.Instance!);
        return call.TargetMethod.Name == "children" ? container : ExpressionReader.All(new Expression.MethodCall(container, "named_children", default));
    }

    /// <summary>A method of the model or of a class that it stands in.</summary>
    private bool IsOwnMethod(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (call.Instance is IInstanceReferenceOperation)
            return !reading.Types.IsTorchSharp(method.ContainingType) || method.Name == "forward";
        return method is { IsStatic: true, IsExtensionMethod: false }
            && (SymbolEqualityComparer.Default.Equals(SwapLookup.Outermost(method.ContainingType), SwapLookup.Outermost(reading.Type)) || Inherits(method.ContainingType));
    }

    private bool Inherits(INamedTypeSymbol owner)
    {
        for (INamedTypeSymbol? type = reading.Type; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, owner.OriginalDefinition) && !reading.Types.IsTorchSharp(type))
                return true;
        }
        return false;
    }

    private Expression Own(IInvocationOperation call)
    {
        bool isOnBase = call.Instance?.Syntax is BaseExpressionSyntax;
        IMethodSymbol method = call.TargetMethod.OriginalDefinition;
        if (!isOnBase && !method.IsStatic)
            method = ModelMethods.Override(method, reading.Type);
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return reading.Problem(call, reading.Types.IsTorchSharp(method.ContainingType) ? Instead.Recursion : Instead.Metadata);
        EquatableArray<Expression> arguments = Arguments(call);
        return ExpressionReader.All(new Expression.HelperCall(reading.Helper(method), arguments, IsLocal: false));
    }

    private bool IsPlain(IMethodSymbol method)
    {
        INamedTypeSymbol owner = method.ContainingType;
        if (TorchTypes.IsSystem(owner, "Math", "MathF"))
            return true;
        if (TorchTypes.IsSystem(owner, "Enumerable"))
            return s_sequenceMethods.Contains(method.Name);
        if (owner.SpecialType == SpecialType.System_String)
            return DataTypes.Of(method.ReturnType, reading.Types) is { IsPlain: true };
        return TorchTypes.IsSystemCollection(owner) && s_collectionMethods.Contains(method.Name);
    }

    private Expression Plain(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        EquatableArray<Expression> arguments = Arguments(call);
        return ExpressionReader.All(call.Instance is { } instance
            ? new Expression.MethodCall(expressions.ReadPresent(instance), method.Name, arguments)
            : new Expression.LibraryCall(method.ContainingType.ToDisplayString(), method.Name, arguments));
    }

    private Expression Foreign(IInvocationOperation call)
    {
        if (call.Type?.TypeKind == TypeKind.Error)
            return reading.Broken();
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
            return reading.Problem(call, Instead.Lambda);
        if (call.Arguments.FirstOrDefault(argument => argument.Value is IDelegateCreationOperation) is { } lambda)
            return reading.Problem(lambda.Value, Instead.Lambda);
        if (!reading.Types.IsTorchSharp(call.TargetMethod.ContainingType))
            return reading.Problem(call, Instead.OtherClass);
        if (call.Instance is IInstanceReferenceOperation)
            return reading.Problem(call, Instead.Recursion);
        return reading.Problem(call, TensorOperations.IsOfContents(call.TargetMethod.Name) ? Instead.Contents : Instead.Operation);
    }

    private EquatableArray<Expression> Arguments(IInvocationOperation call) => expressions.ReadAll(InOrder(call).Select(argument => argument.Value));

    private static IEnumerable<IArgumentOperation> InOrder(IInvocationOperation call) => call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? 0);

    private static bool HasLambda(IInvocationOperation call) => call.Arguments.Any(argument => argument.Value.Type?.TypeKind == TypeKind.Delegate);

    private static bool IsNull(IOperation value) => Constants.Of(Constants.Unconverted(value)) is { Value: null };
}
