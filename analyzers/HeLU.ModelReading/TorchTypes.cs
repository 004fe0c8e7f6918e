using Microsoft.CodeAnalysis;

namespace Helu.ModelReading;

/// <summary>The types of TorchSharp, and of ours, that the reading recognises, looked up once in a compilation.</summary>
internal sealed class TorchTypes
{
    private TorchTypes(Compilation compilation, INamedTypeSymbol relu, INamedTypeSymbol attribute)
    {
        ReLU = relu;
        ActivationAttribute = attribute;
        Nn = compilation.GetTypeByMetadataName("TorchSharp.torch+nn");
        Functional = compilation.GetTypeByMetadataName("TorchSharp.torch+nn+functional");
        Tensor = compilation.GetTypeByMetadataName("TorchSharp.torch+Tensor");
        Module = compilation.GetTypeByMetadataName("TorchSharp.torch+nn+Module");
        Sequential = compilation.GetTypeByMetadataName("TorchSharp.Modules.Sequential");
        ModuleList = compilation.GetTypeByMetadataName("TorchSharp.Modules.ModuleList`1");
        ModuleDict = compilation.GetTypeByMetadataName("TorchSharp.Modules.ModuleDict`1");
        List = compilation.GetTypeByMetadataName("System.Collections.Generic.List`1");
        HasRuntime = compilation.GetTypeByMetadataName("Helu.Runtime.Swap") is not null;
    }

    public INamedTypeSymbol ReLU { get; }

    public INamedTypeSymbol ActivationAttribute { get; }

    public INamedTypeSymbol? Nn { get; }

    public INamedTypeSymbol? Functional { get; }

    public INamedTypeSymbol? Tensor { get; }

    public INamedTypeSymbol? Module { get; }

    public INamedTypeSymbol? Sequential { get; }

    public INamedTypeSymbol? ModuleList { get; }

    public INamedTypeSymbol? ModuleDict { get; }

    public INamedTypeSymbol? List { get; }

    /// <summary>Whether the run-time package, which swapped calls go to, is referenced.</summary>
    public bool HasRuntime { get; }

    /// <summary>Null where the compilation knows no TorchSharp or no <c>[Activation]</c>: there is nothing to read.</summary>
    public static TorchTypes? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName("TorchSharp.Modules.ReLU") is { } relu
        && compilation.GetTypeByMetadataName(Annotation.AttributeName) is { } attribute
            ? new(compilation, relu, attribute)
            : null;

    public bool IsReLU(ITypeSymbol? type) => Same(type, ReLU);

    /// <summary>Whether <paramref name="type"/> is ReLU or is built from it: <c>ReLU[]</c>, <c>List&lt;ReLU&gt;</c>, <c>(string, ReLU)</c>.</summary>
    public bool MentionsReLU(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => MentionsReLU(array.ElementType),
        INamedTypeSymbol named => IsReLU(named) || named.TypeArguments.Any(MentionsReLU),
        _ => false,
    };

    /// <summary>Whether a value of <paramref name="type"/> is, or can hold, a module.</summary>
    public bool IsModuleLike(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: SpecialType.System_Object } or IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => IsModuleLike(array.ElementType),
        INamedTypeSymbol named => InheritsModule(named) || named.Name == "IModule" || named.TypeArguments.Any(IsModuleLike),
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(IsModuleLike),
        _ => false,
    };

    public static bool Same(ITypeSymbol? left, ITypeSymbol? right) =>
        right is not null && SymbolEqualityComparer.Default.Equals(left?.OriginalDefinition, right);

    private bool InheritsModule(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Same(current, Module))
                return true;
        }
        return false;
    }
}
