using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Generators.Inference;

/// <summary>Names in generated code: a user's own, unless they are keywords or stand for something else there.</summary>
/// <param name="reserved">Names that the generated code uses itself.</param>
/// <param name="methods">The names of the model's methods.</param>
internal sealed class Identifiers(IEnumerable<string> reserved, IEnumerable<string> methods)
{
    private readonly HashSet<string> _reserved = [.. reserved];
    private readonly HashSet<string> _methods = [.. methods];

    /// <summary>The name of a user's variable or local function.</summary>
    public string Variable(string name) => _reserved.Contains(name) || _methods.Contains(name) ? Variable(name + "_") : Escaped(name);

    /// <summary>The name of a user's method.</summary>
    public string Method(string name) => _reserved.Contains(name) ? Method(name + "_") : Escaped(name);

    /// <summary>A name that a keyword has is written with @.</summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>An identifier that is made of any name.</summary>
    public static string From(string prefix, string name) => prefix + new string([.. name.Select(c => char.IsLetterOrDigit(c) ? c : '_')]);
}
