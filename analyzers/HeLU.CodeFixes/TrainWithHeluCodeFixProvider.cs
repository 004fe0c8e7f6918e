using System.Collections.Immutable;
using System.Composition;
using Helu.Analyzers;
using Helu.CodeFixes.Editing;
using Helu.CodeFixes.Relu;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes;

/// <summary>Puts <c>[Activation(Kind.HeLU)]</c> on the class whose code holds the ReLU: every ReLU in it trains as HeLU.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TrainWithHeluCodeFixProvider)), Shared]
public sealed class TrainWithHeluCodeFixProvider : ReluCodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.BornDead, RuleIds.DeepStack, RuleIds.LearningRate];

    private protected override Location Place(Diagnostic diagnostic) => diagnostic.AdditionalLocations is [{ } relu, ..] ? relu : diagnostic.Location;

    private protected override string? Edit(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action)
    {
        if (place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type is InterfaceDeclarationSyntax
            || !edits.Types.HasRuntime || IsSpokenFor(place, edits))
        {
            return null;
        }
        edits.Import("Helu", type.SpanStart);
        edits.Replace(type, current => WithAttribute(current, LineIndentation.Of(type), edits.EndOfLine));
        return $"Train every ReLU of '{type.Identifier.ValueText}' as HeLU ([Activation(Kind.HeLU)])";
    }

    /// <summary>Whether an attribute of a member, a type around it or the assembly says already what happens to the ReLU.</summary>
    private static bool IsSpokenFor(SyntaxNode place, DocumentEdits edits)
    {
        for (ISymbol? symbol = edits.Model.GetEnclosingSymbol(place.SpanStart, edits.Token); symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (Annotation.Of(symbol, edits.Types) is not null || (symbol is IMethodSymbol { AssociatedSymbol: { } property } && Annotation.Of(property, edits.Types) is not null))
                return true;
        }
        return false;
    }

    /// <summary>The attribute stands on a line of its own, below the others.</summary>
    private static TypeDeclarationSyntax WithAttribute(TypeDeclarationSyntax type, string indentation, string endOfLine)
    {
        AttributeListSyntax attribute = SyntaxFactory.AttributeList([
            SyntaxFactory.Attribute(
                SyntaxFactory.ParseName("Activation"),
                SyntaxFactory.AttributeArgumentList([SyntaxFactory.AttributeArgument(SyntaxFactory.ParseExpression("Kind.HeLU"))])),
        ]);
        SyntaxToken first = type.AttributeLists.Count == 0 ? type.GetFirstToken() : type.AttributeLists.Last().GetLastToken().GetNextToken();
        attribute = attribute
            .WithLeadingTrivia(first.LeadingTrivia)
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(endOfLine));
        SyntaxTriviaList rest = indentation.Length > 0 ? [SyntaxFactory.Whitespace(indentation)] : [];
        type = type.ReplaceToken(first, first.WithLeadingTrivia(rest));
        return type.WithAttributeLists(type.AttributeLists.Add(attribute));
    }
}
