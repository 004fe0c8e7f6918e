using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Reads arguments whose value the code around them shows: constants, arrays of them, variables that are set once.</summary>
internal sealed class ConstantValues(Func<SyntaxTree, SemanticModel> modelOf)
{
    /// <summary>How many variables are followed from one to the next.</summary>
    private const int MaximumSteps = 8;

    /// <summary>The value that all <paramref name="operations"/> have; <see cref="Value.None"/> where they differ or one is not known.</summary>
    public Value Common(IEnumerable<IOperation?> operations, CancellationToken token)
    {
        Value? common = null;
        foreach (IOperation? operation in operations)
        {
            Value value = Of(operation, MaximumSteps, token);
            if (common is not null && !Same(common, value))
                return Value.None;
            common = value;
        }
        return common ?? Value.None;
    }

    private Value Of(IOperation? operation, int steps, CancellationToken token)
    {
        if (operation is null || steps == 0)
            return Value.None;
        if (operation.ConstantValue.HasValue)
            return Number(operation.ConstantValue.Value);
        return operation switch
        {
            IConversionOperation { OperatorMethod: null } conversion => Converted(Of(conversion.Operand, steps, token), conversion.Type),
            IParenthesizedOperation parenthesized => Of(parenthesized.Operand, steps, token),
            IDefaultValueOperation { Type.IsReferenceType: true } => Value.Null,
            IArrayCreationOperation { Initializer: { } initializer, DimensionSizes.Length: 1 } => All(initializer.ElementValues, steps, token),
            ICollectionExpressionOperation list => All(list.Elements, steps, token),
            ITupleOperation tuple => All(tuple.Elements, steps, token),
            IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } field } => Initializer(field, steps, token),
            ILocalReferenceOperation { Local: { } local } => Initializer(local, steps, token),
            _ => Value.None,
        };
    }

    private Value.Sequence All(IEnumerable<IOperation> operations, int steps, CancellationToken token) =>
        new Value.Sequence(new([.. operations.Select(operation => operation is ISpreadOperation ? Value.None : Of(operation, steps, token))]) { IsComplete = !operations.Any(operation => operation is ISpreadOperation) });

    /// <summary>What the declaration of a variable sets, where nothing else does.</summary>
    private Value Initializer(ISymbol variable, int steps, CancellationToken token)
    {
        if (variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(token) is not VariableDeclaratorSyntax { Initializer.Value: { } initializer } declarator)
            return Value.None;
        SyntaxNode scope = variable is ILocalSymbol
            ? declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(ancestor => !ancestor.IsKind(SyntaxKind.GlobalStatement)) ?? declarator.SyntaxTree.GetRoot(token)
            : declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? declarator.SyntaxTree.GetRoot(token);
        return scope.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == variable.Name && IsWritten(name))
            ? Value.None
            : Of(modelOf(initializer.SyntaxTree).GetOperation(initializer, token), steps - 1, token);
    }

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == target,
            PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
            PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.PostIncrementExpression) || postfix.IsKind(SyntaxKind.PostDecrementExpression),
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax },
            RefExpressionSyntax => true,
            ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax element } => element.Left == target.Parent,
            _ => false,
        };
    }

    private static Value Converted(Value value, ITypeSymbol? type) => (value, type?.SpecialType) switch
    {
        (Value.Constant { Content: long number }, SpecialType.System_Single or SpecialType.System_Double) => Value.Of((double)number),
        (Value.Constant { Content: double number }, SpecialType.System_Int32 or SpecialType.System_Int64) => Value.Of((long)number),
        _ => value,
    };

    private static Value Number(object? constant) => constant switch
    {
        sbyte or byte or short or ushort or int or uint or long => Value.Of(Convert.ToInt64(constant, CultureInfo.InvariantCulture)),
        float or double => Value.Of(Convert.ToDouble(constant, CultureInfo.InvariantCulture)),
        null or bool or string => Value.Of(constant),
        _ => Value.None,
    };

    private static bool Same(Value left, Value right) => (left, right) switch
    {
        (Value.Constant a, Value.Constant b) => Equals(a.Content, b.Content),
        (Value.Sequence a, Value.Sequence b) => a.Items.IsComplete && b.Items.IsComplete && a.Items.Items.Count == b.Items.Items.Count && a.Items.Items.Zip(b.Items.Items, Same).All(same => same),
        _ => false,
    };
}
