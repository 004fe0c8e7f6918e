using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading.Layers;

/// <summary>
/// Runs code of models on values that are known when compiling: constructors with their loops and helper methods, then forward, so that
/// what remains is the layers in the order in which they run. What is not known stays unknown; nothing is guessed.
/// </summary>
/// <param name="types">The types to recognise.</param>
/// <param name="modelOf">Gives the semantic model of a file of the compilation.</param>
/// <param name="constructionOf">Tells how a model class is constructed elsewhere.</param>
internal sealed class Tracer(TorchTypes types, Func<SyntaxTree, SemanticModel> modelOf, Func<INamedTypeSymbol, Construction?> constructionOf)
{
    /// <summary>Constructs a class that inherits Module, as far as its arguments are known, and runs its forward.</summary>
    public Trace TraceModel(INamedTypeSymbol type, CancellationToken token)
    {
        type = type.OriginalDefinition;
        var run = new TraceRun(types, modelOf, constructionOf, token);
        SyntaxNode[] declarations = Declarations(type, token);
        Construction? construction = constructionOf(type);
        return run.Objects.Instantiate(type, construction?.Constructor, construction?.Arguments ?? [], declarations[0], null) is TracedModule model
            ? new TraceResult(run, declarations).Of([model])
            : new Trace([], [], [], [], TracedInitialisations.None, IsComplete: true);
    }

    /// <summary>
    /// Runs a method, constructor, accessor or the top-level statements of a file (<see cref="CompilationUnitSyntax"/>). Nothing is known of its
    /// parameters; an object is constructed for it as far as possible.
    /// </summary>
    public Trace TraceMethod(SyntaxNode declaration, CancellationToken token)
    {
        var run = new TraceRun(types, modelOf, constructionOf, token);
        SemanticModel model = modelOf(declaration.SyntaxTree);
        ISymbol? symbol = declaration is CompilationUnitSyntax unit ? model.GetDeclaredSymbol(unit, token) : model.GetDeclaredSymbol(declaration, token);
        SyntaxNode[] declarations = symbol?.ContainingType is { IsImplicitlyDeclared: false } owner && declaration is not CompilationUnitSyntax ? Declarations(owner, token) : [declaration];
        if (symbol is IMethodSymbol { ContainingType: { } type } method)
        {
            bool constructs = method.MethodKind == MethodKind.Constructor;
            TracedObject? instance = method.IsStatic ? null : run.Objects.Instantiate(type, constructs ? method : null, [], declaration, null);
            if (!constructs)
                run.Objects.RunCode(declaration, method, new Frame(instance, null, null), []);
        }
        return new TraceResult(run, declarations).OfMethod();
    }

    private static SyntaxNode[] Declarations(INamedTypeSymbol type, CancellationToken token) => [.. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(token))];
}
