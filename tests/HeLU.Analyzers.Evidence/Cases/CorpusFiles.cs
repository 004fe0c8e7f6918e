using System.Reflection;

namespace Helu.Analyzers.Evidence.Cases;

/// <summary>The programs under <c>Corpus/</c>.</summary>
internal static class CorpusFiles
{
    private const string Prefix = "Corpus/";
    private const string Suffix = ".cs";

    /// <summary>All cases by area and name. Within an area they belong to the halves in turn, by the order of their names.</summary>
    public static IReadOnlyList<EvidenceCase> Cases { get; } = [.. Area.All.SelectMany(Of)];

    /// <summary>Files that are part of every program: the usings and the synthetic data.</summary>
    public static IReadOnlyList<string> Common { get; } = [Read("Corpus/GlobalUsings.cs"), Read("Corpus/Samples.cs")];

    private static IEnumerable<EvidenceCase> Of(Area area) =>
        NamesIn(area).Select((name, index) => new EvidenceCase(
            area, name, index % 2 == 0 ? Half.Tuning : Half.HeldOut, Read($"{Prefix}{area.Name}/{name}{Suffix}")));

    private static IEnumerable<string> NamesIn(Area area)
    {
        string folder = $"{Prefix}{area.Name}/";
        return Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Select(resource => resource.Replace('\\', '/'))
            .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal))
            .Select(resource => resource[folder.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal);
    }

    private static string Read(string resource)
    {
        Assembly assembly = Assembly.GetExecutingAssembly();
        string name = assembly.GetManifestResourceNames().Single(name => name.Replace('\\', '/') == resource);
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
