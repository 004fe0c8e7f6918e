using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>Tells where a value that is still typed ReLU goes to code of another type, whose calls of it this type's attribute does not reach.</summary>
internal static class ReluExit
{
    /// <summary>Whether the argument goes to a user's method elsewhere, or to a generic one, which does not know that it is a ReLU.</summary>
    public static bool Leaves(IArgumentOperation argument, INamedTypeSymbol outermost, TorchTypes types)
    {
        if (argument is not { ArgumentKind: not ArgumentKind.DefaultValue, Parameter: { } parameter } || !types.MentionsReLU(argument.Value.Type) || parameter.ContainingSymbol is not IMethodSymbol method)
            return false;
        if (IsLibrary(method.ContainingType, types))
            return false;
        return !types.MentionsReLU(parameter.OriginalDefinition.Type) || IsElsewhere(method.ContainingType, outermost, types);
    }

    /// <summary>Whether the value is stored in a field or property of another type, or of a generic one, which does not know that it is a ReLU.</summary>
    public static bool Leaves(ISimpleAssignmentOperation assignment, INamedTypeSymbol outermost, TorchTypes types) =>
        assignment.Target is IMemberReferenceOperation { Member: { ContainingType: { IsAnonymousType: false } owner } member }
        && types.MentionsReLU(assignment.Value.Type)
        && !IsLibrary(owner, types)
        && (!types.MentionsReLU(VariableUses.TypeOf(member.OriginalDefinition)) || IsElsewhere(owner, outermost, types));

    /// <summary>TorchSharp's and .NET's own methods hand modules on and run none.</summary>
    private static bool IsLibrary(INamedTypeSymbol? type, TorchTypes types) =>
        type is not null && (types.IsTorchSharp(type) || TorchTypes.IsSystem(type));

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
