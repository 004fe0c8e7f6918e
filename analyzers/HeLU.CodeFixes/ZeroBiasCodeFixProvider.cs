using System.Collections.Immutable;
using System.Composition;
using Helu.Analyzers;
using Helu.CodeFixes.Editing;
using Helu.CodeFixes.Relu;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes;

/// <summary>Sets a bias to zero where a rule found a negative constant: <c>init.zeros_(fc.bias)</c>, <c>fc.bias.fill_(0)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ZeroBiasCodeFixProvider)), Shared]
public sealed class ZeroBiasCodeFixProvider : ReluCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NegativeBias];

    private protected override string? Edit(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action)
    {
        if (ParameterSetting.Of(place, "bias", edits) is not { } setting)
            return null;
        string zero = setting.First is { } first
            ? ZeroedBy(first)
            : $"{AccessibleNames.Init(edits, place.SpanStart)}.zeros_({setting.Argument(edits)})";
        edits.Replace(setting.Whole, whole => SyntaxFactory.ParseExpression(zero).WithTriviaFrom(whole));
        return "Set the bias to zero";
    }

    /// <summary>Fills with 0 what was filled with another value; <c>zero_</c> in the place of any other change.</summary>
    private static string ZeroedBy(InvocationExpressionSyntax first)
    {
        var access = (MemberAccessExpressionSyntax)first.Expression;
        return access.Name.Identifier.ValueText == "fill_"
            ? access.WithoutTrivia() + "(0)"
            : access.WithoutTrivia().WithName(SyntaxFactory.IdentifierName("zero_")) + "()";
    }
}
