using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.ModelReading.Forward;

/// <summary>Tells where a class stands.</summary>
internal static class ModelDeclarations
{
    public static ModelDeclaration Of(INamedTypeSymbol type, GeneratedClassPlace place, CancellationToken token)
    {
        ImmutableArray<INamedTypeSymbol> outer = Outer(type);
        return new(
            type.ContainingNamespace is { IsGlobalNamespace: false } @namespace ? @namespace.ToDisplayString() : "",
            new([.. outer.Select(container => new ContainingType(Keyword(container), container.Name, TypeParameters(container)))]),
            type.Name,
            TypeParameters(type),
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            place.IsFree(type, token));
    }

    /// <summary>The name that <c>Type.FullName</c> gives.</summary>
    public static string ReflectionName(INamedTypeSymbol type)
    {
        string name = string.Join("+", Outer(type).Add(type).Select(part => part.MetadataName));
        return type.ContainingNamespace is { IsGlobalNamespace: false } @namespace
            ? @namespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted).WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None)) + "." + name
            : name;
    }

    private static ImmutableArray<INamedTypeSymbol> Outer(INamedTypeSymbol type)
    {
        var outer = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            outer.Push(container);
        return [.. outer];
    }

    private static EquatableArray<string> TypeParameters(INamedTypeSymbol type) => new([.. type.TypeParameters.Select(parameter => parameter.Name)]);

    private static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Interface, _) => "interface",
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (_, true) => "record",
        _ => "class",
    };
}
