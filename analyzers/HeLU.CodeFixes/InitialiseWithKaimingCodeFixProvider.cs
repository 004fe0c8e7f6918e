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

/// <summary>Initialises weights for ReLU: those of all layers of a model, or those that were given a constant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InitialiseWithKaimingCodeFixProvider)), Shared]
public sealed class InitialiseWithKaimingCodeFixProvider : ReluCodeFixProvider
{
    private const string Title = "Initialise the layers with Kaiming (He) and zero biases";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.DeepStack, RuleIds.ConstantWeights];

    private protected override string? Edit(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action)
    {
        if (diagnostic.Id == RuleIds.ConstantWeights)
            return EditWeights(edits, place);
        return place.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault() is { } type
            && edits.Model.GetDeclaredSymbol(type, edits.Token) is { } symbol && edits.Types.InheritsModule(symbol)
                ? EditConstructors(edits, type)
                : EditLocal(edits, place);
    }

    private static string? EditWeights(DocumentEdits edits, SyntaxNode place)
    {
        if (ParameterSetting.Of(place, "weight", edits) is not { } setting)
            return null;
        // Kaiming takes the fan_in of a matrix; the weight of a normalisation is a vector, gamma, which is 1 to start with.
        bool isMatrix = setting.Layer!.Name is "Linear" or "Convolution";
        string init = AccessibleNames.Init(edits, place.SpanStart);
        string weight = setting.Argument(edits);
        string call = isMatrix ? KaimingLoop.Call(weight, init) : $"{init}.ones_({weight})";
        edits.Replace(setting.Whole, whole => SyntaxFactory.ParseExpression(call).WithTriviaFrom(whole));
        return isMatrix ? "Initialise these weights with Kaiming (He)" : "Initialise this normalisation's weight with ones";
    }

    private static string? EditConstructors(DocumentEdits edits, TypeDeclarationSyntax type)
    {
        ConstructorDeclarationSyntax[] constructors = [.. ModuleConstructor.Of(type)];
        IReadOnlyList<WeightLayer> layers = WeightLayers.MadeIn(type, edits);
        if (constructors.Length == 0 || layers.Count == 0)
            return null;
        string unit = LineIndentation.UnitOf(type);
        foreach (ConstructorDeclarationSyntax constructor in constructors)
        {
            string indentation = LineIndentation.Of(constructor);
            int position = ((SyntaxNode?)constructor.Body ?? constructor.ExpressionBody!.Expression).Span.End - 1;
            string loop = KaimingLoop.Write("modules()", layers, edits, position, indentation + unit, unit);
            edits.Replace(constructor, current => ModuleConstructor.WithStatement(current, loop, indentation, unit, edits.EndOfLine));
        }
        return Title;
    }

    /// <summary>A Sequential in a variable: the loop follows its declaration.</summary>
    private static string? EditLocal(DocumentEdits edits, SyntaxNode place)
    {
        if (SequentialVariable.Of(place, edits) is not { } variable || WeightLayers.MadeIn(variable.Code, edits) is not { Count: > 0 } layers)
            return null;
        if (!edits.Plan(variable.Declaration))
            return Title;
        string loop = KaimingLoop.Write(
            $"{variable.Name}.modules()", layers, edits, variable.Declaration.SpanStart, LineIndentation.Of(variable.Declaration), LineIndentation.UnitOf(variable.Declaration));
        edits.InsertAfter(variable.Declaration, Statements.Parse(loop, variable.Declaration));
        return Title;
    }
}
