using System.Collections.Immutable;
using Helu.ModelReading;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Risk;

/// <summary>A trace, and what a rule needs to judge it.</summary>
internal sealed class TracedCodeContext(Traces traces, TraceRoot root, RiskOptions options, Action<Diagnostic> report, CancellationToken token)
{
    public Traces Traces { get; } = traces;

    public TorchTypes Types => Traces.Types;

    public TraceRoot Root { get; } = root;

    public Trace Trace { get; } = root.Trace(token);

    /// <summary>How the code uses the traced class; a method is a whole of its own.</summary>
    public ModelUse Use => Root.Type is { } type ? Traces.UseOf(type, Token) : ModelUse.Whole;

    /// <summary>The options of the file that the traced code starts in.</summary>
    public RiskOptions Options { get; } = options;

    public CancellationToken Token { get; } = token;

    /// <summary>Reports at <paramref name="node"/>. The first of several reports of a rule at a place counts.</summary>
    public void Report(
        DiagnosticDescriptor rule,
        SyntaxNode node,
        IEnumerable<SyntaxNode> additional,
        ImmutableDictionary<string, string?>? properties = null,
        params object[] arguments) =>
        report(Diagnostic.Create(rule, node.GetLocation(), additional.Select(place => place.GetLocation()), properties, arguments));
}
