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

/// <summary>Writes HeLU where the one ReLU stands that a rule found: <c>ReLU()</c>, <c>functional.relu(x)</c>, <c>x.relu()</c> and their spellings.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwapReluCodeFixProvider)), Shared]
public sealed class SwapReluCodeFixProvider : ReluCodeFixProvider
{
    private const string Namespace = "Helu";

    private const string Title = "Swap this ReLU for HeLU (its gradient reaches 0.05 below zero)";

    /// <summary>C# 14, the first with static extension members: <c>torch.nn.HeLU()</c>.</summary>
    private const LanguageVersion CSharp14 = (LanguageVersion)1400;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.BornDead, RuleIds.DeepStack, RuleIds.LearningRate];

    private protected override Location Place(Diagnostic diagnostic) => diagnostic.AdditionalLocations is [{ } relu, ..] ? relu : diagnostic.Location;

    private protected override string? Edit(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action)
    {
        if (place is not InvocationExpressionSyntax call || ReluForms.Of(call, edits) is not { } form || ReluForms.IsHelu(call, edits))
            return null;
        if (edits.IsPlanned(call))
            return Title;
        switch (form)
        {
            case ReluForm.Factory when ReluDeclaration.For(call, edits) is { } declaration:
                return SwapDeclared(declaration, call, edits) ? Title : null;
            case ReluForm.Factory or ReluForm.Function:
                SwapStatic(call, edits);
                return Title;
            case ReluForm.TensorMethod:
                edits.Import(Namespace, call.SpanStart);
                edits.Replace(call, current => current.WithExpression(Renamed(current.Expression)));
                return Title;
            default:
                return null;
        }
    }

    /// <summary>A variable's type goes with what is put into it.</summary>
    private static bool SwapDeclared(ReluDeclaration declaration, InvocationExpressionSyntax call, DocumentEdits edits)
    {
        if (declaration.IsOutside)
            return false;
        edits.Import("Helu.Modules", declaration.Type.SpanStart);
        edits.Replace(declaration.Type, static type => SyntaxFactory.IdentifierName("HeLU").WithTriviaFrom(type));
        foreach (InvocationExpressionSyntax factory in declaration.Factories.Append(call).Distinct())
            SwapStatic(factory, edits);
        return true;
    }

    /// <summary>Keeps what stands before the name: <c>nn.ReLU()</c> becomes <c>nn.HeLU()</c>, an extension member; the bare <c>HeLU()</c> before C# 14.</summary>
    private static void SwapStatic(InvocationExpressionSyntax call, DocumentEdits edits)
    {
        bool becomesBare = call.Expression is SimpleNameSyntax || ((CSharpParseOptions)edits.Root.SyntaxTree.Options).LanguageVersion < CSharp14;
        if (becomesBare)
            edits.ImportStatic("Helu.TorchExtensions", call.SpanStart);
        else
            edits.Import(Namespace, call.SpanStart);
        bool isFunction = Name(call.Expression).Identifier.ValueText == "relu";
        edits.Replace(call, current => current
            .WithExpression(becomesBare ? Renamed(Name(current.Expression)).WithTriviaFrom(current.Expression) : Renamed(current.Expression))
            .WithArgumentList(NameInplace(current.ArgumentList, isFunction ? 1 : 0)));
    }

    /// <summary>alpha stands before inplace: a value that was given by its place is now given by name.</summary>
    private static ArgumentListSyntax NameInplace(ArgumentListSyntax arguments, int index)
    {
        if (arguments.Arguments.ElementAtOrDefault(index) is not { NameColon: null } inplace)
            return arguments;
        ArgumentSyntax named = inplace
            .WithoutLeadingTrivia()
            .WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("inplace")).WithTrailingTrivia(SyntaxFactory.Space))
            .WithLeadingTrivia(inplace.GetLeadingTrivia());
        return arguments.WithArguments(arguments.Arguments.Replace(inplace, named));
    }

    private static SimpleNameSyntax Name(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => (SimpleNameSyntax)called,
    };

    private static ExpressionSyntax Renamed(ExpressionSyntax called)
    {
        SimpleNameSyntax name = Name(called);
        return called.ReplaceToken(name.Identifier, SyntaxFactory.Identifier(HeluName(name.Identifier.ValueText)).WithTriviaFrom(name.Identifier));
    }

    private static string HeluName(string reluName) => reluName.Replace("ReLU", "HeLU").Replace("relu", "helu");
}
