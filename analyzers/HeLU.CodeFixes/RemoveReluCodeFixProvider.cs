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

/// <summary>Removes a ReLU that stands on a model's output or before its softmax: the call around its input, or the module from its Sequential.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveReluCodeFixProvider)), Shared]
public sealed class RemoveReluCodeFixProvider : ReluCodeFixProvider
{
    private const string Title = "Remove this ReLU";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.ReluOnOutput, RuleIds.ReluOnLogits];

    private protected override string? Edit(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action)
    {
        if (place is ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax conditional })
            place = conditional;
        if (place is not InvocationExpressionSyntax call || ReluForms.Of(call, edits) is not { } form)
            return null;
        if (form == ReluForm.Run && !ReluForms.RunsOnly(call, diagnostic, edits))
            return null;
        if (edits.IsPlanned(call))
            return Title;
        return form == ReluForm.Factory ? RemoveChild(call, edits) : RemoveCall(call, form, edits);
    }

    private static string? RemoveChild(InvocationExpressionSyntax factory, DocumentEdits edits)
    {
        if (ContainerChild.Of(factory, edits) is not { } child || !TryRemove(child, edits))
            return null;
        edits.Plan(factory);
        return child.RenamesLater(edits) ? $"{Title} (renames later layers' keys)" : Title;
    }

    private static bool TryRemove(ContainerChild child, DocumentEdits edits)
    {
        if (child.List is { } list)
        {
            if (SeparatedLists.Elements(list).Count < 2)
                return false;
            edits.Track(child.Element);
            edits.Change(list, current => SeparatedLists.Remove(current, current.GetCurrentNode(child.Element)!));
            return true;
        }
        InvocationExpressionSyntax adding = child.Adding!;
        if (adding.Parent is ExpressionStatementSyntax statement)
        {
            if (Statements.InList(statement) is not { } inList)
                return false;
            edits.Remove(inList, keepComments: true);
            return true;
        }
        edits.Replace(adding, static current => Expressions.InPlaceOf(current, current.Parent, ReluForms.Receiver(current)!));
        return true;
    }

    private static string? RemoveCall(InvocationExpressionSyntax call, ReluForm form, DocumentEdits edits)
    {
        if (ReluForms.Input(call, form) is not { } input)
            return null;
        ExpressionSyntax whole = ReluForms.ConditionalReceiver(call) is null ? call : (ExpressionSyntax)call.Parent!;
        if (Useless(whole, input) is { } statement)
        {
            if (Statements.InList(statement) is not { } inList)
                return null;
            edits.Plan(call);
            edits.Remove(inList, keepComments: true);
        }
        else
        {
            edits.Plan(whole);
            edits.Plan(call);
            LeaveOwnership(whole, input, edits);
            SyntaxNode? parent = whole.Parent;
            edits.Change(whole, current => Expressions.InPlaceOf(current, parent, Input(current, form)));
        }
        if (form == ReluForm.Run)
            RemoveUnusedField(ReluForms.Receiver(call)!, edits);
        return Title;
    }

    private static ExpressionSyntax Input(ExpressionSyntax whole, ReluForm form) =>
        whole is ConditionalAccessExpressionSyntax access ? access.Expression : ReluForms.Input((InvocationExpressionSyntax)whole, form)!;

    /// <summary>The statement that does nothing without the ReLU: <c>x = relu(x);</c>, <c>x.relu_();</c>.</summary>
    private static ExpressionStatementSyntax? Useless(ExpressionSyntax relu, ExpressionSyntax input) => relu.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment
            when assignment.Right == relu && SyntaxFactory.AreEquivalent(assignment.Left, Expressions.Unparenthesised(input)) => statement,
        _ => null,
    };

    /// <summary><c>using var y = relu(x);</c> disposes what ReLU made; x is not its to dispose.</summary>
    private static void LeaveOwnership(ExpressionSyntax relu, ExpressionSyntax input, DocumentEdits edits)
    {
        if (Expressions.Unparenthesised(input) is not InvocationExpressionSyntax
            && relu.Parent is EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration })
        {
            edits.Replace(declaration, static current => current.WithUsingKeyword(default).WithLeadingTrivia(current.GetLeadingTrivia()));
        }
    }

    /// <summary>Removes the declaration of a private readonly field with an initialiser that no code is left to use.</summary>
    private static void RemoveUnusedField(ExpressionSyntax receiver, DocumentEdits edits)
    {
        if (edits.Model.GetSymbolInfo(receiver, edits.Token).Symbol is not IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private } field
            || field.ContainingType.DeclaringSyntaxReferences is not [{ } declared]
            || field.DeclaringSyntaxReferences is not [{ } reference]
            || reference.GetSyntax(edits.Token) is not VariableDeclaratorSyntax { Initializer: not null, Parent: VariableDeclarationSyntax { Variables.Count: 1 } variables }
            || variables.Parent is not FieldDeclarationSyntax declaration
            || declaration.ContainsDirectives)
        {
            return;
        }
        IEnumerable<IdentifierNameSyntax> uses = declared.GetSyntax(edits.Token)
            .DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(edits.Model.GetSymbolInfo(name, edits.Token).Symbol, field));
        if (uses.All(use => RunOf(use) is { } run && edits.IsPlanned(run)))
            edits.Remove(declaration, keepComments: false);
    }

    /// <summary><c>act.call(x)</c> for act, and for <c>this.act</c>.</summary>
    private static InvocationExpressionSyntax? RunOf(IdentifierNameSyntax use)
    {
        ExpressionSyntax receiver = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own ? own : use;
        return receiver.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax run } access && access.Expression == receiver ? run : null;
    }
}
