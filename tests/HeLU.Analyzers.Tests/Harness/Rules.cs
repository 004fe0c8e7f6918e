using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>What the rules say about a program.</summary>
internal static class Rules
{
    /// <summary>The program gives exactly the diagnostics that its markup says.</summary>
    public static Task Check(params string[] sources) => new RuleTest(sources).RunAsync();

    /// <summary>The program gives no diagnostic, and each call in it that runs a module other than a Sequential is redirected.</summary>
    public static Task CheckRedirected(string source)
    {
        Assert.Empty(Readings.RunsThatAreNotRedirected(source));
        return Check(source);
    }

    /// <summary>The program gives one diagnostic, at <c>{|#0:code|}</c>, with this message.</summary>
    public static Task CheckMessage(
        string id, string message, string source, DiagnosticSeverity severity = DiagnosticSeverity.Warning, Action<RuleTest>? configure = null)
    {
        var test = new RuleTest(source) { ExpectedDiagnostics = { new DiagnosticResult(id, severity).WithLocation(0).WithMessage(message).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations) } };
        configure?.Invoke(test);
        return test.RunAsync();
    }
}
