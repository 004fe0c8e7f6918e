using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.ModelReading;

/// <summary>Whether a project lets the compiler redirect calls into the namespace of the generated code.</summary>
internal static class InterceptorSupport
{
    /// <summary>The namespace of generated interceptors; the package's targets add it to <c>InterceptorsNamespaces</c>.</summary>
    public const string Namespace = "Helu.Generated";

    /// <summary>The generated code needs file-local types, which are C# 11.</summary>
    public static bool IsOn(ParseOptions options) =>
        options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 }
        && options.Features.TryGetValue("InterceptorsNamespaces", out string? namespaces)
        && namespaces.Split(';').Any(name => Covers(name.Trim()));

    private static bool Covers(string name) =>
        name == Namespace || (name.Length > 0 && Namespace.StartsWith(name + ".", StringComparison.Ordinal));
}
