using Microsoft.CodeAnalysis;

namespace Helu.Generators;

/// <summary>Names of classes, and of the files that are generated for them.</summary>
internal static class MetadataNames
{
    public static string Of(INamedTypeSymbol type)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            name = outer.MetadataName + "." + name;
        return type.ContainingNamespace is { IsGlobalNamespace: false } @namespace ? $"{@namespace.ToDisplayString()}.{name}" : name;
    }

    /// <summary>Names of generated files may not hold the <c>@</c> of <c>@event</c>, the <c>&lt;</c> of a file-local type, combining characters.</summary>
    public static string FileName(string name) => new([.. name.Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : '_')]);
}
