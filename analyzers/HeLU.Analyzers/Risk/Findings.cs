using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>
/// What a rule finds in a compilation, by file. A finding can stand in another file than the code whose trace shows it (a ReLU in a model
/// whose loss is computed elsewhere), and an editor asks for one file at a time, any number of times: so all traces are looked at before the first answer. What was too much to be traced to its end shows nothing for sure.
/// </summary>
internal sealed class Findings(Traces traces, AnalyzerConfigOptionsProvider options, Action<TracedCodeContext> analyze)
{
    private readonly object _gate = new();
    private ILookup<SyntaxTree, Diagnostic>? _byFile;

    /// <summary>The findings in a file, in the order of the code that shows them.</summary>
    public IEnumerable<Diagnostic> In(SyntaxTree tree, CancellationToken token)
    {
        if (_byFile is null)
        {
            // Files are analysed side by side: each thread starts with the code of its own file.
            foreach (TraceRoot root in traces.Roots(token).Where(root => root.Declaration.SyntaxTree == tree))
                root.Trace(token);
        }
        lock (_gate)
            _byFile ??= Find(token);
        return _byFile[tree];
    }

    private ILookup<SyntaxTree, Diagnostic> Find(CancellationToken token)
    {
        var found = new List<Diagnostic>();
        foreach (TraceRoot root in traces.Roots(token))
        {
            token.ThrowIfCancellationRequested();
            if (root.Trace(token).IsComplete)
                analyze(new(traces, root, new(options.GetOptions(root.Declaration.SyntaxTree)), found.Add, token));
        }
        return found
            .GroupBy(finding => (finding.Id, finding.Location))
            .Select(same => same.First())
            .ToLookup(finding => finding.Location.SourceTree!);
    }
}
