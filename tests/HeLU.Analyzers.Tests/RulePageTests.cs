extern alias compiler;

using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using compiler::Helu.Analyzers;
using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Tests;

/// <summary>The page of each rule in <c>docs/</c> says what the rule does, and its code does what the page says.</summary>
public partial class RulePageTests
{
    private static readonly string[] s_ids =
        [.. typeof(RuleIds).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!).Order()];

    public static TheoryData<string> Ids { get; } = [.. s_ids];

    private static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "rules");

    [Fact]
    public void Every_page_and_every_descriptor_belongs_to_a_rule()
    {
        Assert.Equal(s_ids, Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order());
        Assert.Equal(s_ids, RuleTest.AllRules.SelectMany(rule => rule.SupportedDiagnostics).Select(rule => rule.Id).Order());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_has_the_rule_s_title_severity_and_sections(string id)
    {
        (DiagnosticDescriptor rule, _) = Rule(id);
        string page = Page(id);

        Assert.StartsWith($"# {id}: {rule.Title}\n\n{rule.DefaultSeverity}, category {rule.Category}.\n", page, StringComparison.Ordinal);
        Assert.Equal(
            ["Cause", "Why it matters", "Example", "Fix", "When to ignore", "How to silence"],
            Headings().Matches(page).Select(heading => heading.Groups[1].Value));
        Assert.Contains($"#pragma warning disable {id}\n", page, StringComparison.Ordinal);
        Assert.Contains($"dotnet_diagnostic.{id}.severity = none\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_row_in_the_release_notes(string id)
    {
        (DiagnosticDescriptor rule, DiagnosticAnalyzer analyzer) = Rule(id);
        string notes = File.ReadAllText(Path.Combine(Root, "AnalyzerReleases.Shipped.md")) + File.ReadAllText(Path.Combine(Root, "AnalyzerReleases.Unshipped.md"));

        Assert.Contains($"\n{id} | {rule.Category} | {rule.DefaultSeverity} | {analyzer.GetType().Name}\n", notes, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_of_a_page_gives_its_message_and_the_fixed_code_gives_none(string id)
    {
        string[] example = Blocks(Section(id, "Example"));
        string[] fix = [.. Blocks(Section(id, "Fix")).Where(block => block.Contains("class", StringComparison.Ordinal))];

        Assert.Equal([example[1].Trim()], await Reports(WithoutWhatTheRuleAsksFor(id, Compile(id, example[0]))));
        Assert.Empty(await Reports(Compile(id, fix.Length > 0 ? fix[0] : example[0])));
    }

    /// <summary>Two rules are about inference, and report where its package is referenced.</summary>
    private static CSharpCompilation Compile(string id, string code)
    {
        CSharpCompilation compilation = id is RuleIds.InferenceClassPossible or RuleIds.NotSpecialised
            ? Programs.CompileForInference(Programs.WithUsings(code))
            : Programs.Compile(Programs.WithUsings(code));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    /// <summary>The fix of two rules is in the project: their example is compiled without it.</summary>
    private static CSharpCompilation WithoutWhatTheRuleAsksFor(string id, CSharpCompilation compilation) => id switch
    {
        RuleIds.InterceptorsOff => compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[0], CSharpSyntaxTree.ParseText(compilation.SyntaxTrees[0].ToString(), Programs.WithInterceptors(null))),
        RuleIds.RuntimeMissing => compilation.RemoveReferences(Programs.RuntimePackage),
        _ => compilation,
    };

    private static async Task<string[]> Reports(CSharpCompilation compilation)
    {
        ImmutableArray<Diagnostic> reports = await compilation.WithAnalyzers(RuleTest.AllRules).GetAnalyzerDiagnosticsAsync();
        return [.. reports.Select(report => $"{Word(report.Severity)} {report.Id}: {report.GetMessage()}")];
    }

    /// <summary>As the compiler and <c>dotnet format</c> print it.</summary>
    private static string Word(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    private static (DiagnosticDescriptor Rule, DiagnosticAnalyzer Analyzer) Rule(string id) =>
        RuleTest.AllRules.SelectMany(analyzer => analyzer.SupportedDiagnostics.Select(rule => (rule, analyzer))).Single(pair => pair.rule.Id == id);

    private static string Page(string id) => File.ReadAllText(Path.Combine(Root, "docs", id + ".md"));

    private static string Section(string id, string heading) => Page(id).Split($"\n## {heading}\n")[1].Split("\n## ")[0];

    private static string[] Blocks(string section) => [.. CodeBlocks().Matches(section).Select(block => block.Groups[1].Value)];

    [GeneratedRegex("^## (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("^```[a-z]+\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();
}
