using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Sites;

/// <summary>Names of what code speaks of.</summary>
internal static class MemberNames
{
    /// <summary>The name under which a module is called: <c>fc1</c>, <c>block.conv1</c>, <c>layers</c> for an element of it; null where it has none.</summary>
    public static string? Of(IOperation? module) => module switch
    {
        IConversionOperation conversion => Of(conversion.Operand),
        IArrayElementReferenceOperation element => Of(element.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true } element => Of(element.Instance),
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => member.Member.Name,
        IMemberReferenceOperation member => Of(member.Instance) is { } outer ? $"{outer}.{member.Member.Name}" : member.Member.Name,
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IConditionalAccessInstanceOperation instance => Of(AccessedBy(instance)),
        _ => null,
    };

    /// <summary>The member that <paramref name="node"/> is written in.</summary>
    public static string Around(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax => "constructor",
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.ValueText,
        TypeDeclarationSyntax => "primary constructor",
        { } other => other.Kind().ToString(),
        null => "top level",
    };

    /// <summary>What stands before the <c>?</c> of <c>module?.call(x)</c>.</summary>
    private static IOperation? AccessedBy(IOperation instance)
    {
        for (IOperation inner = instance; inner.Parent is { } outer; inner = outer)
        {
            if (outer is IConditionalAccessOperation access && access.WhenNotNull == inner)
                return access.Operation;
        }
        return null;
    }
}
