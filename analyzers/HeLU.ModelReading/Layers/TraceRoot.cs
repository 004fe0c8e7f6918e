using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading.Layers;

/// <summary>A piece of code that is traced by itself: a model class, or a method that builds, trains or uses models. Traced once, when first asked.</summary>
internal sealed class TraceRoot
{
    private readonly Func<CancellationToken, Trace> _run;
    private readonly object _gate = new();
    private Trace? _trace;

    public TraceRoot(INamedTypeSymbol? type, SyntaxNode declaration, Func<CancellationToken, Trace> run)
    {
        Type = type;
        Declaration = declaration;
        _run = run;
    }

    /// <summary>The model class; null for a method.</summary>
    public INamedTypeSymbol? Type { get; }

    /// <summary>The class, in its first part; the method, constructor, property or file of top-level statements.</summary>
    public SyntaxNode Declaration { get; }

    /// <summary>Its trace. A cancelled run leaves nothing behind: the next one who asks runs it.</summary>
    public Trace Trace(CancellationToken token)
    {
        lock (_gate)
            return _trace ??= _run(token);
    }

    /// <summary>Whether this is a static member that trains or tests the class that it stands in, rather than a part of what the class computes.</summary>
    public static bool IsStatic(SyntaxNode member) => member is MemberDeclarationSyntax { Modifiers: var modifiers } && modifiers.Any(modifier => modifier.Text == "static");
}
