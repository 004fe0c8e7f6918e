using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Helu.ModelReading.Sites;
using Microsoft.CodeAnalysis;

namespace Helu.Generators;

/// <summary>Turns what the reader found behind one <c>[Activation]</c> into plain values.</summary>
internal static class SwappedClassReader
{
    public static IEnumerable<SwappedClass> Read(ISymbol target, TorchTypes types, SwapLookup swaps, CancellationToken token)
    {
        SwapCall[] calls = [.. OutermostTypes(target).SelectMany(type => swaps.Read(type, token).Calls)];
        var reader = new SiteReader(types, new HashSet<SyntaxNode>(calls.Select(call => call.Syntax)));
        return calls
            .GroupBy(call => call.Type, SymbolEqualityComparer.Default)
            .Select(group => Class((INamedTypeSymbol)group.Key!, group, reader, token));
    }

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

    private static SwappedClass Class(INamedTypeSymbol type, IEnumerable<SwapCall> calls, SiteReader reader, CancellationToken token)
    {
        (SwapCall Call, SiteReading Reading)[] sites =
        [
            .. calls
                .OrderBy(call => call.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal)
                .ThenBy(call => call.Syntax.SpanStart)
                .Select(call => (call, reader.Read(call, token))),
        ];
        string name = MetadataNames.Of(type);
        return new(
            name,
            MetadataNames.FileName(name),
            new([.. sites.Select(site => Site(site.Call, site.Reading, token)).OfType<SwapSite>()]),
            new([.. sites.Select(site => Producer(site.Call, site.Reading, token)).OfType<ProducerSite>()]));
    }

    private static SwapSite? Site(SwapCall call, SiteReading reading, CancellationToken token) =>
        CallSites.Of(call.Syntax, call.Model, token) is { } place
            ? new(call.Form, call.Annotation.Spec, reading.Module ?? CallSites.MemberAndLine(call.Syntax), reading.Origin, place)
            : null;

    private static ProducerSite? Producer(SwapCall call, SiteReading reading, CancellationToken token) =>
        reading is { Noted: { } syntax, Producer.TargetMethod: { } method } && CallSites.Of(syntax, call.Model, token) is { } place
            ? new(Receiver(method.ContainingType), method.Name, place)
            : null;

    /// <summary>By the aliases of <see cref="Interceptor"/> where it is one of TorchSharp's two types for any module.</summary>
    private static string Receiver(INamedTypeSymbol type) =>
        type.IsGenericType ? type.Name : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
