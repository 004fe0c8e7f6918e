using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>Tells where a value that is still typed ReLU goes to code of another type, whose calls of it this type's attribute does not reach.</summary>
internal static class ReluExit
{
    /// <summary>Whether the argument goes to a user's method elsewhere, or to a generic one, which does not know that it is a ReLU.</summary>
    public static bool Leaves(IArgumentOperation argument, INamedTypeSymbol outermost, TorchTypes types)
    {
        if (argument.Parameter is not { } parameter || !types.MentionsReLU(argument.Value.Type) || parameter.ContainingSymbol is not IMethodSymbol method)
            return false;
        if (IsLibrary(method.ContainingType, types))
            return false;
        return parameter.OriginalDefinition.Type is ITypeParameterSymbol || IsElsewhere(method.ContainingType, outermost, types);
    }

    /// <summary>Whether the value is stored in a field or property of another type.</summary>
    public static bool Leaves(ISimpleAssignmentOperation assignment, INamedTypeSymbol outermost, TorchTypes types) =>
        assignment.Target is IMemberReferenceOperation { Member.ContainingType: { } owner }
        && types.MentionsReLU(assignment.Value.Type)
        && !IsLibrary(owner, types)
        && IsElsewhere(owner, outermost, types);

    /// <summary>TorchSharp's and .NET's own methods hand modules on and run none.</summary>
    private static bool IsLibrary(INamedTypeSymbol? type, TorchTypes types) =>
        SymbolEqualityComparer.Default.Equals(type?.ContainingAssembly, types.ReLU.ContainingAssembly)
        || type?.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true;

    private static bool IsElsewhere(INamedTypeSymbol? owner, INamedTypeSymbol outermost, TorchTypes types)
    {
        if (owner is not null && Annotation.Of(owner.ContainingAssembly, types) is not null)
            return false;
        for (INamedTypeSymbol? type = owner; type is not null; type = type.ContainingType)
        {
            if (TorchTypes.Same(type, outermost.OriginalDefinition) || Annotation.Of(type, types) is not null)
                return false;
        }
        return true;
    }
}
