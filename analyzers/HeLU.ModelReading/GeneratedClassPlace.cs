using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading;

/// <summary>Tells whether generated code can add a method to a model class and put the class that it makes beside it.</summary>
internal sealed class GeneratedClassPlace
{
    private const string Tool = "HeLU.Generators";

    private GeneratedClassPlace(string suffix, string method) => (Suffix, Method) = (suffix, method);

    /// <summary>Of a model's inference class.</summary>
    public static GeneratedClassPlace Inference { get; } = new("Inference", "ToInference");

    /// <summary>Of a model's fused training module.</summary>
    public static GeneratedClassPlace Training { get; } = new("Training", "ToTraining");

    /// <summary>What the name of the class adds to its model's.</summary>
    public string Suffix { get; }

    /// <summary>The method of a model that makes the class.</summary>
    public string Method { get; }

    /// <summary>Whether nothing is in the way: the model and the types around it are partial, none is file-local, and the names are free.</summary>
    public bool IsFree(INamedTypeSymbol model, CancellationToken token) =>
        !IsFileLocal(model) && NameTaken(model) is null && WithContainers(model).All(type => IsPartial(type, token));

    /// <summary>A model class and the types around it, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> WithContainers(INamedTypeSymbol model) =>
        model.ContainingType is { } outer ? WithContainers(outer).Append(model) : [model];

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken token) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(token) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether a model can be named in its own file only: it, or a type around it, is file-local.</summary>
    public static bool IsFileLocal(INamedTypeSymbol model) => WithContainers(model).Any(type => type.IsFileLocal);

    /// <summary>The name, of those that are generated, that the user's own code has already; null where both are free.</summary>
    public string? NameTaken(INamedTypeSymbol model)
    {
        string name = model.Name + Suffix;
        INamespaceOrTypeSymbol container = model.ContainingType ?? (INamespaceOrTypeSymbol)model.ContainingNamespace;
        if (container.GetMembers(name).Any(member => !(member is INamedTypeSymbol type && type.Arity != model.Arity) && !IsGenerated(member)))
            return name;
        return model.GetMembers(Method).Any(member => !IsGenerated(member)) ? Method : null;
    }

    /// <summary>The rules read a project together with what was generated for it.</summary>
    private static bool IsGenerated(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "GeneratedCodeAttribute" } && attribute.ConstructorArguments is [{ Value: Tool }, ..]);
}
