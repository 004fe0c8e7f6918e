using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading.Forward;

/// <summary>Tells where a class stands.</summary>
internal static class ModelDeclarations
{
    /// <summary>What the name of an inference class adds to its model's.</summary>
    public const string InferenceSuffix = "Inference";

    /// <summary>The method that makes an inference class of a model.</summary>
    public const string ToInference = "ToInference";

    public static ModelDeclaration Of(INamedTypeSymbol type, CancellationToken token)
    {
        ImmutableArray<INamedTypeSymbol> outer = Outer(type);
        return new(
            type.ContainingNamespace is { IsGlobalNamespace: false } @namespace ? @namespace.ToDisplayString() : "",
            new([.. outer.Select(container => new ContainingType(Keyword(container), container.Name, TypeParameters(container)))]),
            type.Name,
            TypeParameters(type),
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            outer.Add(type).All(part => IsPartial(part, token)) && !HasNames(type));
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

    /// <summary>Whether the user's own code has what generated code would add.</summary>
    private static bool HasNames(INamedTypeSymbol type)
    {
        string inference = type.Name + InferenceSuffix;
        INamespaceOrTypeSymbol container = type.ContainingType ?? (INamespaceOrTypeSymbol)type.ContainingNamespace;
        return !container.GetMembers(inference).All(member => member is INamedTypeSymbol other && other.Arity != type.Arity) || !type.GetMembers(ToInference).IsEmpty;
    }

    /// <summary>A file-local type can't be added to from a generated file.</summary>
    private static bool IsPartial(INamedTypeSymbol type, CancellationToken token) =>
        !type.IsFileLocal
        && type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(token) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
