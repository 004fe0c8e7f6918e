using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>
/// Finds every ReLU in the annotated code of a type. A ReLU that is known by its static type is swapped where it is called.
/// The one place where it can be lost is a conversion to another type; <see cref="ReluFlow"/> follows it from there.
/// </summary>
/// <param name="types">The types to recognise.</param>
/// <param name="modelOf">Gives the semantic model of a file of the compilation.</param>
internal sealed class ReluReader(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>Reads an outermost type with all its parts and nested types.</summary>
    public ReluReading Read(INamedTypeSymbol outermost, CancellationToken token)
    {
        List<IOperation> operations = Operations(outermost, token);
        var reading = new ReluReading();
        var calls = new CallCollector(types, reading, token);
        var flow = new ReluFlow(types, calls, operations);
        foreach (IOperation operation in operations)
        {
            token.ThrowIfCancellationRequested();
            Visit(operation, outermost, calls, flow, reading, token);
        }
        return reading;
    }

    /// <summary>Whether the code of <paramref name="type"/> holds a ReLU that no attribute speaks for.</summary>
    public bool HasUnannotatedRelu(INamedTypeSymbol type, CancellationToken token) =>
        Operations(type, token).Any(operation =>
            IsReluOfItsOwn(operation) && Annotation.Nearest(operation.Syntax, operation.SemanticModel!, types, token) is null);

    private List<IOperation> Operations(INamedTypeSymbol type, CancellationToken token) =>
    [
        .. type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(token))
            .SelectMany(part => OperationRoots.Of(part, modelOf(part.SyntaxTree), token))
            .SelectMany(root => root.DescendantsAndSelf()),
    ];

    private bool IsReluOfItsOwn(IOperation operation) =>
        operation switch
        {
            IInvocationOperation { TargetMethod: { } method } => SwapForms.Relu(method, types) is not null || types.IsReLU(method.ReturnType),
            IMethodReferenceOperation reference => IsReluFunction(reference),
            _ => false,
        };

    private void Visit(IOperation operation, INamedTypeSymbol outermost, CallCollector calls, ReluFlow flow, ReluReading reading, CancellationToken token)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                VisitCall(invocation, calls);
                if (NativeRelu(invocation) is { } factory)
                    Leave(LeftReason.NativeModule, invocation.Syntax, factory);
                break;
            case IMethodReferenceOperation reference when IsReluFunction(reference):
                Leave(LeftReason.MethodGroup, reference.Syntax);
                break;
            case IArgumentOperation argument when ReluExit.Leaves(argument, outermost, types):
                Leave(LeftReason.Passed, argument.Value.Syntax);
                break;
            case ISimpleAssignmentOperation assignment when ReluExit.Leaves(assignment, outermost, types):
                Leave(LeftReason.Passed, assignment.Value.Syntax);
                break;
            case IDelegateCreationOperation { Target: IMethodReferenceOperation taker } creation when TakesAsModule(taker.Method, creation.Type):
                Leave(LeftReason.Passed, taker.Syntax);
                break;
            case IConversionOperation { Type.TypeKind: TypeKind.Delegate, Operand.Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } } conversion
                when TakesAsModule(invoke, conversion.Type):
                Leave(LeftReason.Passed, conversion.Operand.Syntax);
                break;
            case IConversionOperation conversion when LosesRelu(conversion) && !LosesReluWithin(conversion.Operand):
                if (IsSwapped(conversion.Syntax) && flow.Follow(conversion) is { } reason)
                    reading.Left.Add(new(reason, conversion.Operand.Syntax));
                break;
        }

        void Leave(LeftReason reason, SyntaxNode node, string subject = "")
        {
            if (IsSwapped(node))
                reading.Left.Add(new(reason, node, subject));
        }

        bool IsSwapped(SyntaxNode node) => Annotation.Nearest(node, operation.SemanticModel!, types, token) is { Swaps: true };
    }

    private void VisitCall(IInvocationOperation invocation, CallCollector calls)
    {
        if (SwapForms.Relu(invocation.TargetMethod, types) is { } relu)
            calls.Add(relu, invocation);
        else if (SwapForms.Run(invocation.TargetMethod, types) is { } run && types.IsReLU(Unconverted(invocation.Instance)?.Type))
            calls.Add(run, invocation);
        else if (SwapForms.BuildsContainer(invocation.TargetMethod, types) is { } container)
            calls.Add(container, invocation);
        else if (SwapForms.Makes(invocation.TargetMethod, types) is { } factory)
            calls.Add(factory, invocation);
    }

    private bool LosesRelu(IOperation operation) =>
        operation is IConversionOperation { Operand: { } operand, Type: { } target } conversion
        && types.MentionsReLU(operand.Type) && !types.MentionsReLU(target) && (types.IsModuleLike(target) || conversion.OperatorMethod is not null);

    /// <summary>Whether the type is lost further inside already: at an element of a tuple, a branch of a conditional.</summary>
    private bool LosesReluWithin(IOperation value) =>
        LosesRelu(value)
        || (value is IConversionOperation or IParenthesizedOperation or ITupleOperation or IConditionalOperation or ICoalesceOperation
                or ISwitchExpressionOperation or ISwitchExpressionArmOperation or IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation
            && value.ChildOperations.Any(LosesReluWithin));

    /// <summary>Whether a delegate that is called with a ReLU hands it to a method that knows it as a module.</summary>
    private bool TakesAsModule(IMethodSymbol method, ITypeSymbol? @delegate) =>
        @delegate is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
        && invoke.Parameters.Length == method.Parameters.Length
        && invoke.Parameters.Zip(method.Parameters, (given, taken) => types.MentionsReLU(given.Type) && !types.MentionsReLU(taken.Type)).Any(isTaken => isTaken);

    private bool IsReluFunction(IMethodReferenceOperation reference) =>
        SwapForms.Relu(reference.Method, types) is not null
        || (reference.Method.Name == "ReLU" && TorchTypes.Same(reference.Method.ContainingType, types.Nn))
        || (SwapForms.Run(reference.Method, types) is not null && types.IsReLU(Unconverted(reference.Instance)?.Type));

    /// <summary>The factory's name where libtorch is asked for a module with ReLU inside, by argument or by default.</summary>
    private string? NativeRelu(IInvocationOperation invocation)
    {
        if (!TorchTypes.Same(invocation.TargetMethod.ContainingType, types.Nn))
            return null;
        return invocation.Arguments.Any(MayBeRelu) ? invocation.TargetMethod.Name : null;

        bool MayBeRelu(IArgumentOperation argument) =>
            argument.Parameter?.Type is { TypeKind: TypeKind.Enum } type
            && TorchTypes.Same(type.ContainingType, types.Nn)
            && type.GetMembers("ReLU") is [IFieldSymbol { ConstantValue: { } relu }]
            && argument.Value.DescendantsAndSelf().Any(value => TorchTypes.Same(value.Type, type) && relu.Equals(value.ConstantValue.Value));
    }

    private static IOperation? Unconverted(IOperation? operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
            operation = conversion.Operand;
        return operation;
    }
}
