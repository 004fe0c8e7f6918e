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

/// <summary>Normalises what goes into a ReLU whose width the rule knows: by BatchNorm or, where the input is [N, C], by LayerNorm.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InsertNormalizationCodeFixProvider)), Shared]
public sealed class InsertNormalizationCodeFixProvider : ReluCodeFixProvider
{
    private const string BatchNorm = nameof(BatchNorm);

    private const string LayerNorm = nameof(LayerNorm);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.DeepStack];

    private protected override ImmutableArray<string> Actions { get; } = [BatchNorm, LayerNorm];

    private protected override string? Edit(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action)
    {
        if (Layer(edits, place, diagnostic, action) is not { } layer || place is not InvocationExpressionSyntax call
            || ReluForms.Of(call, edits) is not { } form || MayRunOtherThanOnce(place))
        {
            return null;
        }
        if (form == ReluForm.Run && !ReluForms.RunsOnly(call, diagnostic, edits))
            return null;
        if (edits.IsPlanned(call))
            return Title(layer);
        return form == ReluForm.Factory ? InsertChild(call, layer, edits) : InsertField(call, form, layer, edits);
    }

    private static string Title(NormalizationLayer layer) => $"Insert {layer.Code} before this ReLU";

    /// <summary>
    /// The layer for the width of the diagnostic; null where it does not say one, or where LayerNorm might get [N, C, L] of a Conv1d,
    /// whose last dimension is not the width.
    /// </summary>
    private static NormalizationLayer? Layer(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action)
    {
        if (!diagnostic.Properties.TryGetValue("Features", out string? features) || !long.TryParse(features, out _)
            || !diagnostic.Properties.TryGetValue("Dimensions", out string? dimensions))
        {
            return null;
        }
        return (action, dimensions) switch
        {
            (BatchNorm, "1" or "2" or "3") => new($"BatchNorm{dimensions}d", features!),
            (LayerNorm, "1") when !MakesConv1d(edits, place) => new(LayerNorm, features!),
            _ => null,
        };
    }

    private static bool MakesConv1d(DocumentEdits edits, SyntaxNode place) =>
        WeightLayers.MadeIn(place.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault() ?? edits.Root, edits).Any(layer => layer.Type is "Conv1d" or "ConvTranspose1d");

    /// <summary>In a loop, a lambda or a function of its own, one piece of code may stand for several layers.</summary>
    private static bool MayRunOtherThanOnce(SyntaxNode place) =>
        place.Ancestors()
            .TakeWhile(node => node is not BaseTypeDeclarationSyntax)
            .Any(node => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or QueryExpressionSyntax or ConditionalExpressionSyntax);

    private static string? InsertChild(InvocationExpressionSyntax factory, NormalizationLayer layer, DocumentEdits edits)
    {
        if (ContainerChild.Of(factory, edits) is not { } child)
            return null;
        string made = $"{AccessibleNames.Factory(layer.Type, edits, factory.SpanStart)}({layer.Features})";
        if (child.Name is { } name)
        {
            if (NormalizationNames.ForChild(child, name, edits) is not { } unused)
                return null;
            made = name.Parent?.Parent switch
            {
                TupleExpressionSyntax => $"(\"{unused}\", {made})",
                ArgumentListSyntax { Parent: InvocationExpressionSyntax tuple } when tuple != child.Adding => $"{tuple.Expression}(\"{unused}\", {made})",
                _ => $"\"{unused}\", {made}",
            };
        }
        if (!TryInsert(child, made, edits))
            return null;
        edits.Plan(factory);
        return child.RenamesLater(edits) ? $"{Title(layer)} (renames later layers' keys)" : Title(layer);
    }

    private static bool TryInsert(ContainerChild child, string made, DocumentEdits edits)
    {
        if (child.List is { } list)
        {
            edits.Track(child.Element);
            edits.Change(list, current => SeparatedLists.InsertBefore(current, current.GetCurrentNode(child.Element)!, SyntaxFactory.ParseExpression(made), edits.EndOfLine));
            return true;
        }
        InvocationExpressionSyntax adding = child.Adding!;
        if (adding.Parent is not ExpressionStatementSyntax statement || Statements.InList(statement) is not { } inList)
            return false;
        string indentation = LineIndentation.Of(statement);
        edits.InsertBefore(inList, Statements.Parse($"{indentation}{adding.Expression.WithoutTrivia()}({made});{edits.EndOfLine}", inList));
        return true;
    }

    /// <summary>A field of the class that <c>forward</c> runs on the ReLU's input.</summary>
    private static string? InsertField(InvocationExpressionSyntax call, ReluForm form, NormalizationLayer layer, DocumentEdits edits)
    {
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Identifier.ValueText: "forward", Parent: ClassDeclarationSyntax type }
            || call.Parent is ExpressionStatementSyntax
            || ReluForms.ConditionalReceiver(call) is not null
            || ReluForms.Input(call, form) is not { } input
            || type.Members.OfType<FieldDeclarationSyntax>().LastOrDefault(field => !field.Modifiers.Any(SyntaxKind.ConstKeyword)) is not { } last
            || !type.DescendantNodes().Any(ModuleConstructor.IsRegistration))
        {
            return null;
        }
        edits.Plan(call);
        edits.Import("TorchSharp.Modules", type.SpanStart);
        string name = NormalizationNames.ForField(type, edits);
        string factory = AccessibleNames.Factory(layer.Type, edits, last.SpanStart);
        string field = $"{LineIndentation.Of(last)}private readonly {layer.Type} {name} = {factory}({layer.Features});{edits.EndOfLine}";
        edits.AddMember(last, SyntaxFactory.ParseMemberDeclaration(field)!);
        edits.Change(input, current => Wrapped(name, current));
        return Title(layer);
    }

    private static InvocationExpressionSyntax Wrapped(string norm, ExpressionSyntax input) =>
        SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression($"{norm}.call"),
            SyntaxFactory.ArgumentList([SyntaxFactory.Argument(Expressions.Unparenthesised(input).WithoutTrivia())]))
            .WithTriviaFrom(input);
}
