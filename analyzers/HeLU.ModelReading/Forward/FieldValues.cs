using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Finds what a field is given by its initialiser or a constructor.</summary>
internal static class FieldValues
{
    /// <summary>The first value, without conversions; null where none is found.</summary>
    public static IOperation? First(IFieldSymbol field, Func<SyntaxTree, SemanticModel> modelOf, CancellationToken token)
    {
        if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(token) is VariableDeclaratorSyntax { Initializer: { } initializer }
            && modelOf(initializer.SyntaxTree).GetOperation(initializer, token) is IFieldInitializerOperation { Value: { } initial })
            return Constants.Unconverted(initial);
        foreach (IMethodSymbol constructor in field.ContainingType.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(token) is not ConstructorDeclarationSyntax syntax)
                continue;
            IOperation? value = modelOf(syntax.SyntaxTree).GetOperation(syntax, token)?.DescendantsAndSelf()
                .OfType<ISimpleAssignmentOperation>()
                .FirstOrDefault(assignment => assignment.Target is IFieldReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Field, field))?.Value;
            if (value is not null)
                return Constants.Unconverted(value);
        }
        return null;
    }
}
