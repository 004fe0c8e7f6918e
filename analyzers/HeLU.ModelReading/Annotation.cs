using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.ModelReading;

/// <summary>What an <c>[Activation]</c> attribute asks for.</summary>
internal readonly record struct Annotation(ActivationSpec Spec)
{
    public const string AttributeName = "Helu.ActivationAttribute";

    public Kind Kind => Spec.Kind;

    /// <summary>Whether ReLUs are to be replaced; <see cref="Kind.ReLU"/> opts out.</summary>
    public bool Swaps => Kind != Kind.ReLU;

    /// <summary>The attribute that speaks for the code at <paramref name="node"/>: that of its local function, member, type, outer types, assembly; null where none does or it is faulty.</summary>
    public static Annotation? Nearest(SyntaxNode node, SemanticModel model, TorchTypes types, CancellationToken token)
    {
        foreach (SyntaxNode ancestor in node.AncestorsAndSelf())
        {
            foreach (ISymbol symbol in Declared(ancestor, model, token))
            {
                if (Of(symbol, types) is { } attribute)
                    return Read(attribute);
            }
        }
        return Of(model.Compilation.Assembly, types) is { } ofAssembly ? Read(ofAssembly) : null;
    }

    /// <summary>The attribute that stands on <paramref name="symbol"/> itself.</summary>
    public static AttributeData? Of(ISymbol symbol, TorchTypes types) =>
        symbol.GetAttributes().FirstOrDefault(attribute => TorchTypes.Same(attribute.AttributeClass, types.ActivationAttribute));

    /// <summary>Null where an argument is missing, not a constant or out of range: rule HELU0006 reports it.</summary>
    public static Annotation? Read(AttributeData attribute)
    {
        if (KindOf(attribute) is not { } kind || !KindParameters.IsDefined(kind))
            return null;
        KindParameter[] parameters = KindParameters.Of(kind);
        if (attribute.NamedArguments.Any(named => parameters.All(parameter => parameter.Property != named.Key)))
            return null;
        return KindParameters.With(kind, parameter => ValueOf(attribute, parameter.Property)) is { } spec ? new Annotation(spec) : null;
    }

    public static Kind? KindOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: int kind }] ? (Kind)kind : null;

    private static double? ValueOf(AttributeData attribute, string property)
    {
        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            if (named.Key == property && named.Value.Value is double value)
                return value;
        }
        return null;
    }

    private static IEnumerable<ISymbol> Declared(SyntaxNode node, SemanticModel model, CancellationToken token)
    {
        switch (node)
        {
            case BaseFieldDeclarationSyntax field:
                return field.Declaration.Variables.Take(1).Select(variable => model.GetDeclaredSymbol(variable, token)).OfType<ISymbol>();
            case LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorDeclarationSyntax or BaseTypeDeclarationSyntax:
                return model.GetDeclaredSymbol(node, token) is { } symbol ? [symbol] : [];
            case AnonymousFunctionExpressionSyntax:
                return model.GetSymbolInfo(node, token).Symbol is { } lambda ? [lambda] : [];
            default:
                return [];
        }
    }
}
