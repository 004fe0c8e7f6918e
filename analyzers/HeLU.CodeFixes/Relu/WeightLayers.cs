using Helu.CodeFixes.Editing;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>The layers with weights that code makes: Linear and the convolutions.</summary>
internal static class WeightLayers
{
    private static readonly string[] s_names =
        ["Linear", "Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"];

    /// <summary>
    /// The kinds of layers that are made in <paramref name="code"/> and in the modules of this project that it makes, each once, in the order in which they stand.
    /// </summary>
    public static IReadOnlyList<WeightLayer> MadeIn(SyntaxNode code, DocumentEdits edits)
    {
        var layers = new List<WeightLayer>();
        Collect(code, edits, layers, [code]);
        return layers;
    }

    private static void Collect(SyntaxNode code, DocumentEdits edits, List<WeightLayer> layers, HashSet<SyntaxNode> seen)
    {
        SemanticModel model = code.SyntaxTree == edits.Root.SyntaxTree ? edits.Model : edits.Model.Compilation.GetSemanticModel(code.SyntaxTree);
        foreach (SyntaxNode node in code.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && Layer(call, model, edits) is { } layer)
                Add(layers, layer);
            else if (node is BaseObjectCreationExpressionSyntax && model.GetTypeInfo(node, edits.Token).Type is INamedTypeSymbol type && edits.Types.InheritsModule(type))
                CollectFrom(type, edits, layers, seen);
        }
    }

    private static void CollectFrom(INamedTypeSymbol type, DocumentEdits edits, List<WeightLayer> layers, HashSet<SyntaxNode> seen)
    {
        foreach (SyntaxReference part in type.OriginalDefinition.DeclaringSyntaxReferences)
        {
            SyntaxNode code = part.GetSyntax(edits.Token);
            if (seen.Add(code))
                Collect(code, edits, layers, seen);
        }
    }

    private static void Add(List<WeightLayer> layers, WeightLayer layer)
    {
        int index = layers.FindIndex(other => other.Type == layer.Type);
        if (index < 0)
            layers.Add(layer);
        else
            layers[index] = layer with { HasBias = layer.HasBias && layers[index].HasBias };
    }

    private static WeightLayer? Layer(InvocationExpressionSyntax call, SemanticModel model, DocumentEdits edits)
    {
        if (model.GetSymbolInfo(call, edits.Token).Symbol is not IMethodSymbol method || !TorchTypes.Same(method.ContainingType, edits.Types.Nn) || !s_names.Contains(method.Name))
            return null;
        return new(method.Name, HasBias(call, method, model, edits.Token));
    }

    /// <summary>A bias is made unless an argument says no, or may say so.</summary>
    private static bool HasBias(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, CancellationToken token)
    {
        for (int i = 0; i < call.ArgumentList.Arguments.Count; i++)
        {
            ArgumentSyntax argument = call.ArgumentList.Arguments[i];
            string? name = argument.NameColon?.Name.Identifier.ValueText ?? method.Parameters.ElementAtOrDefault(i)?.Name;
            if (name is "bias" or "hasBias")
                return model.GetConstantValue(argument.Expression, token).Value is true;
        }
        return method.Parameters is not [{ Name: "weight" }, ..];
    }
}
