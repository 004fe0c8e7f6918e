using System.Globalization;
using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Generators;

/// <summary>Turns what the reader found behind one <c>[Activation]</c> into plain values.</summary>
internal static class SwappedClassReader
{
    private const int LongestCode = 80;

    public static IEnumerable<SwappedClass> Read(ISymbol target, SwapLookup swaps, CancellationToken token) =>
        OutermostTypes(target)
            .SelectMany(type => swaps.Read(type, token).Calls)
            .GroupBy(call => call.Type, SymbolEqualityComparer.Default)
            .Select(group => Class((INamedTypeSymbol)group.Key!, group, token));

    /// <summary>The types that the attribute on <paramref name="target"/> speaks for, without those that they hold.</summary>
    private static IEnumerable<INamedTypeSymbol> OutermostTypes(ISymbol target)
    {
        if (target is IAssemblySymbol assembly)
            return Types(assembly.GlobalNamespace);
        INamedTypeSymbol? type = target as INamedTypeSymbol ?? target.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type is null ? [] : [type];
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol @namespace) =>
        @namespace.GetTypeMembers().Concat(@namespace.GetNamespaceMembers().SelectMany(Types));

    private static SwappedClass Class(INamedTypeSymbol type, IEnumerable<SwapCall> calls, CancellationToken token)
    {
        IEnumerable<SwapSite> sites = calls
            .OrderBy(call => call.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(call => call.Syntax.SpanStart)
            .Select(call => Site(call, token))
            .OfType<SwapSite>();
        string name = MetadataNames.Of(type);
        return new(name, MetadataNames.FileName(name), new([.. sites]));
    }

    private static SwapSite? Site(SwapCall call, CancellationToken token) =>
        call.Model.GetInterceptableLocation(call.Syntax, token) is { } location
            ? new(call.Form, call.Annotation.Spec, Place(call.Syntax), Code(call.Syntax), location.Version, location.Data)
            : null;

    private static string Place(InvocationExpressionSyntax call)
    {
        LinePosition start = NameOf(call).GetLocation().GetLineSpan().StartLinePosition;
        string path = call.SyntaxTree.FilePath;
        string file = OnOneLine(path.Substring(path.LastIndexOfAny(['/', '\\']) + 1));
        return string.Format(CultureInfo.InvariantCulture, "{0}, {1}({2},{3})", Member(call), file, start.Line + 1, start.Character + 1);
    }

    /// <summary>A file's name may hold line ends where its system allows them; they would end the comment.</summary>
    private static string OnOneLine(string text) =>
        new([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    private static ExpressionSyntax NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        { } other => other,
    };

    private static string Member(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax => "constructor",
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        TypeDeclarationSyntax => "primary constructor",
        { } other => other.Kind().ToString(),
        null => "top level",
    };

    private static string Code(InvocationExpressionSyntax call)
    {
        SyntaxNode whole = call.Expression is MemberBindingExpressionSyntax ? call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() ?? (SyntaxNode)call : call;
        string code = string.Join(" ", whole.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return code.Length <= LongestCode ? code : code.Substring(0, LongestCode - 3) + "...";
    }
}
