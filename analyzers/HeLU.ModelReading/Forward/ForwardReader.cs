using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>
/// Reads what a model class computes: its forward and the methods of the class that it calls. At inference <c>training</c> is false, and what only
/// training needs (gradients, Dropout) is left out; dispose scopes are left out always.
/// </summary>
/// <param name="types">The types to recognise.</param>
/// <param name="modelOf">Gives the semantic model of a file of the compilation.</param>
/// <param name="swaps">Tells which calls are redirected.</param>
internal sealed class ForwardReader(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, SwapLookup swaps)
{
    private const int MostInputs = 4;

    private readonly IndexInputs _indexInputs = new(types, modelOf);

    /// <summary>Whether an <c>[Activation]</c> attribute on the class, a class around it or the assembly speaks for this model class.</summary>
    public static bool IsAnnotatedModel(INamedTypeSymbol type, TorchTypes types) =>
        type is { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false } && types.InheritsModule(type) && NearestAttribute(type, types) is { } attribute && Annotation.Read(attribute) is not null;

    /// <summary>Null where the class is not a model that an attribute speaks for.</summary>
    public ForwardReading? Read(INamedTypeSymbol type, ForwardMode mode, CancellationToken token)
    {
        type = type.OriginalDefinition;
        if (!IsAnnotatedModel(type, types))
            return null;
        var reading = new ClassReading(type, types, swaps, _indexInputs, mode, token);
        ModelForward? model = Read(type, reading);
        return new(reading.IsBroken || reading.Problems.Count > 0 ? null : model, reading.Problems);
    }

    private static AttributeData? NearestAttribute(INamedTypeSymbol type, TorchTypes types)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (Annotation.Of(outer, types) is { } attribute)
                return attribute;
        }
        return Annotation.Of(type.ContainingAssembly, types);
    }

    private ModelForward? Read(INamedTypeSymbol type, ClassReading reading)
    {
        if (ModelMethods.Forward(type, types) is not { } forward)
            return null;
        if (forward.DeclaringSyntaxReferences.IsEmpty)
        {
            reading.Problem(IdentifierOf(type, reading.Token), $"its forward is the one of {forward.ContainingType.Name}, which is compiled in another assembly; override forward");
            return null;
        }
        if (!HasTensors(forward))
        {
            reading.Problem(IdentifierOf(forward, reading.Token), Instead.Inputs);
            return null;
        }
        reading.Helper(forward);
        var methods = new List<HelperMethod>();
        while (reading.Unread.Count > 0)
        {
            reading.Token.ThrowIfCancellationRequested();
            methods.Add(new MethodReader(reading, modelOf).Read(reading.Unread.Dequeue()));
        }
        IEnumerable<ForwardInput> inputs = forward.Parameters.Select(parameter => new ForwardInput(parameter.Name, _indexInputs.Reach(forward, parameter, reading.Token)));
        return new(
            ModelDeclarations.ReflectionName(type),
            ModelDeclarations.Of(type, reading.IsTraining ? GeneratedClassPlace.Training : GeneratedClassPlace.Inference, reading.Token),
            new([.. inputs]),
            reading.Modules,
            reading.Values,
            reading.Parameters,
            methods[0],
            new([.. methods.Skip(1)]));
    }

    private bool HasTensors(IMethodSymbol forward) =>
        TorchTypes.Same(forward.ReturnType, types.Tensor)
        && forward.Parameters.Length is > 0 and <= MostInputs
        && forward.Parameters.All(parameter => TorchTypes.Same(parameter.Type, types.Tensor));

    private static SyntaxNode IdentifierOf(ISymbol symbol, CancellationToken token) =>
        symbol.DeclaringSyntaxReferences[0].GetSyntax(token) switch
        {
            MethodDeclarationSyntax method => method.ReturnType,
            TypeDeclarationSyntax { BaseList: { } bases } => bases.Types[0],
            { } other => other,
        };
}
