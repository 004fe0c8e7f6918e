using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Sites;

/// <summary>Tells which operations return a new tensor that nobody else holds and that their own gradient does not need.</summary>
internal sealed class Producers(TorchTypes types)
{
    private static readonly HashSet<string> s_functions =
    [
        "linear", "conv1d", "conv2d", "conv3d", "conv1d_padding", "conv2d_padding", "conv3d_padding",
        "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "batch_norm",
    ];

    private static readonly HashSet<string> s_modules =
    [
        "Linear", "Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d", "BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "Sequential",
    ];

    /// <summary>Whether <paramref name="value"/> always is such a tensor: a sum or difference by TorchSharp's own operators, a functional layer.</summary>
    public bool IsFresh(IOperation value) => value switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, OperatorMethod: { } sum } => types.IsTensor(sum.ContainingType),
        // As a statement: elsewhere the variable holds what is read.
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, OperatorMethod: { } sum, Syntax.Parent: ExpressionStatementSyntax } =>
            types.IsTensor(sum.ContainingType),
        IInvocationOperation { TargetMethod: { } method } => IsSum(method) || (s_functions.Contains(method.Name) && TorchTypes.Same(method.ContainingType, types.Functional)),
        _ => false,
    };

    /// <summary>Whether <paramref name="value"/> runs a module on one tensor.</summary>
    public bool RunsModule(IInvocationOperation value) => SwapForms.RunsOnTensor(value.TargetMethod, types) && types.IsModuleType(value.Instance?.Type);

    /// <summary>Whether the module that <paramref name="call"/> runs can be one whose result is such a tensor: it is so by its type, or its type leaves it open.</summary>
    public bool MayBeFresh(IInvocationOperation call) =>
        call.TargetMethod.ContainingType is { } owner && types.IsTorchSharp(owner)
        && call.Instance?.Type is INamedTypeSymbol type && types.IsTorchSharp(type)
        && (type.Name is "Module" or "IModule" || s_modules.Contains(type.Name));

    private bool IsSum(IMethodSymbol method) =>
        method.Name is "add" or "sub" or "subtract"
        && (TorchTypes.Same(method.ContainingType, types.Tensor) || TorchTypes.Same(method.ContainingType, types.Nn?.ContainingType));
}
