using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Analyzers.Tests.Fuzz;

/// <summary>Programs as they are while somebody types: tokens missing, doubled, exchanged, taken from elsewhere, the end not written yet.</summary>
internal sealed class Mutator(IReadOnlyList<string> corpus, int seed)
{
    private const int MostMutations = 3;

    private readonly Random _random = new(seed);

    public string Next()
    {
        string program = corpus[_random.Next(corpus.Count)];
        if (_random.Next(2) == 0)
            program = Annotated(program);
        for (int left = _random.Next(1, MostMutations + 1); left > 0; left--)
            program = Mutated(program);
        return program;
    }

    /// <summary>With an attribute on each class, for the generator to work on.</summary>
    private static string Annotated(string program)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(program, Harness.Programs.ParseOptions).GetRoot();
        IEnumerable<TextChange> changes = root.DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(type => type.BaseList is not null && !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .SelectMany(type => new TextChange[] { new(new(type.SpanStart, 0), "[Helu.Activation(Helu.Kind.HeLU)] "), new(new(type.Keyword.SpanStart, 0), "partial ") });
        return SourceText.From(program).WithChanges(changes).ToString();
    }

    private string Mutated(string program)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(program, Harness.Programs.ParseOptions).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)];
        if (tokens.Length < 2)
            return program;
        SyntaxToken one = tokens[_random.Next(tokens.Length)], other = tokens[_random.Next(tokens.Length)];
        TextChange[] changes = _random.Next(5) switch
        {
            0 => [new(one.Span, "")],
            1 => [new(one.Span, $"{one.Text} {one.Text}")],
            2 => [new(one.Span, other.Text)],
            3 when one != other => [new(one.Span, other.Text), new(other.Span, one.Text)],
            _ => [new(TextSpan.FromBounds(one.SpanStart, program.Length), "")],
        };
        return SourceText.From(program).WithChanges(changes).ToString();
    }
}
