using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Forward;

/// <summary>Finds the method that runs when a model calls one.</summary>
internal static class ModelMethods
{
    /// <summary>The forward that runs in an instance of <paramref name="type"/>; null where none is found.</summary>
    public static IMethodSymbol? Forward(INamedTypeSymbol type, TorchTypes types)
    {
        for (INamedTypeSymbol? current = type; current is not null && !TorchTypes.Same(current, types.Module); current = current.BaseType)
        {
            IMethodSymbol? forward = current.GetMembers("forward").OfType<IMethodSymbol>().FirstOrDefault(method => IsForward(method, types));
            if (forward is { IsAbstract: false })
                return forward.OriginalDefinition;
        }
        return null;
    }

    /// <summary>Whether a method is the forward of a module: TorchSharp's, or an override of it.</summary>
    public static bool IsForward(IMethodSymbol method, TorchTypes types)
    {
        if (method is not { Name: "forward", IsStatic: false })
            return false;
        IMethodSymbol root = method;
        while (root.OverriddenMethod is { } overridden)
            root = overridden;
        return types.IsTorchSharp(root.ContainingType);
    }

    /// <summary>The override of <paramref name="method"/> that runs in an instance of <paramref name="type"/>.</summary>
    public static IMethodSymbol Override(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (!method.IsVirtual && !method.IsAbstract && !method.IsOverride)
            return method;
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (IMethodSymbol member in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (SymbolEqualityComparer.Default.Equals(Root(member), Root(method)))
                    return member.OriginalDefinition;
            }
        }
        return method;
    }

    private static IMethodSymbol Root(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return method.OriginalDefinition;
    }
}
