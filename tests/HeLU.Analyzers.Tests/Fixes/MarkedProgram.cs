using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>A solution whose code marks where a rule would report: <c>[|site|]</c> is the location, <c>{|ReLU|}</c> the ReLU where that is elsewhere.</summary>
internal sealed class MarkedProgram
{
    private static readonly Regex s_mark = new(@"\[\||\|\]|\{\||\|\}");

    private readonly List<(DocumentId Document, TextSpan Span)> _sites = [];

    private readonly List<(DocumentId Document, TextSpan Span)> _relus = [];

    private readonly Dictionary<string, string?> _properties;

    private readonly string _id;

    /// <summary>One project for each element of <paramref name="projects"/>, one file for each text in it.</summary>
    public MarkedProgram(string id, Dictionary<string, string?> properties, CSharpParseOptions options, IEnumerable<MetadataReference> references, string[][] projects)
    {
        _id = id;
        _properties = properties;
        Solution = new AdhocWorkspace().CurrentSolution;
        foreach ((int index, string[] files) in projects.Index())
        {
            var project = ProjectId.CreateNewId();
            bool isApplication = files.Any(file => file.Contains("// top level", StringComparison.Ordinal));
            Solution = Solution
                .AddProject(ProjectInfo.Create(
                    project, VersionStamp.Default, $"Project{index}", $"Project{index}", LanguageNames.CSharp,
                    compilationOptions: new CSharpCompilationOptions(
                        isApplication ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
                    parseOptions: options,
                    metadataReferences: references));
            foreach ((int number, string text) in files.Index())
                AddFile(DocumentId.CreateNewId(project), $"File{number}.cs", text);
        }
    }

    public Solution Solution { get; private set; }

    public async Task<Diagnostic[]> DiagnosticsAsync()
    {
        var descriptor = new DiagnosticDescriptor(_id, "title", "message", "category", DiagnosticSeverity.Warning, isEnabledByDefault: true);
        var diagnostics = new List<Diagnostic>();
        foreach ((int index, (DocumentId Document, TextSpan Span) site) in _sites.Index())
        {
            (DocumentId Document, TextSpan Span) relu = _relus.Count == 0 ? site : _relus[Math.Min(index, _relus.Count - 1)];
            diagnostics.Add(Diagnostic.Create(descriptor, await LocationAsync(site), [await LocationAsync(relu)], _properties.ToImmutableDictionary()));
        }
        return [.. diagnostics];
    }

    private void AddFile(DocumentId id, string name, string text)
    {
        var open = new Stack<(bool IsSite, int Start)>();
        int removed = 0;
        foreach (Match mark in s_mark.Matches(text))
        {
            int position = mark.Index - removed;
            removed += mark.Length;
            if (mark.Value is "[|" or "{|")
                open.Push((mark.Value == "[|", position));
            else if (open.Pop() is var (isSite, start))
                (isSite ? _sites : _relus).Add((id, TextSpan.FromBounds(start, position)));
        }
        Solution = Solution.AddDocument(id, name, SourceText.From(s_mark.Replace(text, "")), filePath: $"/{id.ProjectId.Id}/{name}");
    }

    private async Task<Location> LocationAsync((DocumentId Document, TextSpan Span) place) =>
        Location.Create((await Solution.GetDocument(place.Document)!.GetSyntaxTreeAsync())!, place.Span);
}
