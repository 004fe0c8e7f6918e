using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading;

/// <summary>Tells whether generated code can add to a model class and put an inference class beside it.</summary>
internal static class InferenceClassPlace
{
    private const string RuntimeClass = "Helu.Inference.InferenceModel";

    /// <summary>The name of a model's inference class.</summary>
    public static string NameOf(INamedTypeSymbol model) => model.Name + "Inference";

    /// <summary>Whether nothing is in the way: the model and the types around it are partial, none is file-local, and the name is free.</summary>
    public static bool IsFree(INamedTypeSymbol model, CancellationToken token) =>
        !IsFileLocal(model) && !IsNameTaken(model) && WithContainers(model).All(type => IsPartial(type, token));

    /// <summary>A model class and the types around it, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> WithContainers(INamedTypeSymbol model) =>
        model.ContainingType is { } outer ? WithContainers(outer).Append(model) : [model];

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken token) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(token) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether a model can be named in its own file only: it, or a type around it, is file-local.</summary>
    public static bool IsFileLocal(INamedTypeSymbol model) => WithContainers(model).Any(type => type.IsFileLocal);

    /// <summary>Whether a type of the user has the inference class's name; the rules see the generated class itself too, which is none.</summary>
    public static bool IsNameTaken(INamedTypeSymbol model) =>
        (model.ContainingType ?? (INamespaceOrTypeSymbol)model.ContainingNamespace)
            .GetTypeMembers(NameOf(model), model.Arity)
            .Any(type => type.BaseType?.ToDisplayString() != RuntimeClass);
}
