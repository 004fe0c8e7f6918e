using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>Finds the method that a call runs.</summary>
internal static class Dispatch
{
    /// <summary>The override of <paramref name="method"/> that an object of <paramref name="type"/> has; the method itself where there is none.</summary>
    public static IMethodSymbol? Of(IMethodSymbol method, ITypeSymbol? type)
    {
        method = method.OriginalDefinition;
        if (type is null || !(method.IsVirtual || method.IsAbstract || method.IsOverride || method.ContainingType.TypeKind == TypeKind.Interface))
            return method;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.OriginalDefinition.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(candidate => !candidate.IsAbstract && Overrides(candidate, method)) is { } found)
                return found;
        }
        return method.IsAbstract ? null : method;
    }

    /// <summary>The forward of a model class that is written in this compilation; null where there is none.</summary>
    public static IMethodSymbol? Forward(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.OriginalDefinition.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault(method => !method.IsStatic && !method.IsAbstract) is { } forward)
                return forward.DeclaringSyntaxReferences.IsEmpty ? null : forward;
        }
        return null;
    }

    private static bool Overrides(IMethodSymbol candidate, IMethodSymbol method)
    {
        for (IMethodSymbol? current = candidate; current is not null; current = current.OverriddenMethod?.OriginalDefinition)
        {
            if (SymbolEqualityComparer.Default.Equals(current, method))
                return true;
        }
        return method.ContainingType.TypeKind == TypeKind.Interface && candidate.Parameters.Length == method.Parameters.Length;
    }
}
