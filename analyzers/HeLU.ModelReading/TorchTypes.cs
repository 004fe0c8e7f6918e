using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Helu.ModelReading;

/// <summary>The types of TorchSharp, and of ours, that the reading recognises, looked up once in a compilation.</summary>
internal sealed class TorchTypes
{
    private static readonly ConditionalWeakTable<Compilation, StrongBox<TorchTypes?>> s_found = new();

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
        Parameter = compilation.GetTypeByMetadataName("TorchSharp.Modules.Parameter");
        DisposeScope = compilation.GetTypeByMetadataName("TorchSharp.DisposeScope");
        List = compilation.GetTypeByMetadataName("System.Collections.Generic.List`1");
        HasRuntime = compilation.GetTypeByMetadataName("Helu.Runtime.Swap") is not null;
        HasInference = compilation.GetTypeByMetadataName("Helu.Inference.InferenceModel") is not null;
        Structure = compilation.GetTypeByMetadataName("Helu.Inference.Tracing.Structure");
        HasTraining = compilation.GetTypeByMetadataName("Helu.Training.TrainingModule") is not null;
        HasFreezer = compilation.GetTypeByMetadataName("Helu.Runtime.Freezer") is not null;
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

    public INamedTypeSymbol? Parameter { get; }

    public INamedTypeSymbol? DisposeScope { get; }

    public INamedTypeSymbol? List { get; }

    /// <summary>Whether the run-time package, which swapped calls go to, is referenced.</summary>
    public bool HasRuntime { get; }

    /// <summary>Whether the inference package, whose classes a model's inference class is made from, is referenced.</summary>
    public bool HasInference { get; }

    /// <summary>The factories of the inference runtime, which make modules without weights.</summary>
    public INamedTypeSymbol? Structure { get; }

    /// <summary>Whether a trained model can be frozen: the run-time package has what it takes.</summary>
    public bool HasFreezer { get; }

    /// <summary>Whether the run-time package has what fused training modules are made from.</summary>
    public bool HasTraining { get; }

    /// <summary>Null where the compilation knows no TorchSharp or no <c>[Activation]</c>: there is nothing to read. Looked up once in a compilation.</summary>
    public static TorchTypes? Find(Compilation compilation) =>
        s_found.GetValue(compilation, static key => new(LookUp(key))).Value;

    private static TorchTypes? LookUp(Compilation compilation) =>
        compilation.GetTypeByMetadataName("TorchSharp.Modules.ReLU") is { } relu
        && compilation.GetTypeByMetadataName(Annotation.AttributeName) is { } attribute
            ? new(compilation, relu, attribute)
            : null;

    public bool IsReLU(ITypeSymbol? type) => Same(type, ReLU);

    public bool IsTensor(ITypeSymbol? type) => Same(type, Tensor) || Same(type, Parameter);

    /// <summary>Whether <paramref name="type"/> is a module's: a class that inherits Module, the interface IModule, a type parameter that is constrained to one.</summary>
    public bool IsModuleType(ITypeSymbol? type) => type is not null and not IDynamicTypeSymbol and not { SpecialType: SpecialType.System_Object } && IsModule(type);

    /// <summary>Whether <paramref name="type"/> is ReLU or is built from it: <c>ReLU[]</c>, <c>List&lt;ReLU&gt;</c>, <c>(string, ReLU)</c>.</summary>
    public bool MentionsReLU(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => MentionsReLU(array.ElementType),
        INamedTypeSymbol named => IsReLU(named) || TypeArguments(named).Any(MentionsReLU),
        _ => false,
    };

    /// <summary>Whether a value of <paramref name="type"/> is, or can hold, a module.</summary>
    public bool IsModuleLike(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: SpecialType.System_Object or SpecialType.System_Array or SpecialType.System_Collections_IEnumerable } or IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => IsModuleLike(array.ElementType),
        INamedTypeSymbol named => InheritsModule(named) || named.Name == "IModule" || TypeArguments(named).Any(IsModuleLike),
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(IsModuleLike),
        _ => false,
    };

    /// <summary>Whether a value of <paramref name="type"/> can be a module itself, rather than hold one.</summary>
    public bool IsModule(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } or IDynamicTypeSymbol => true,
        INamedTypeSymbol named => InheritsModule(named) || named.Name == "IModule",
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(IsModule),
        _ => false,
    };

    /// <summary>Whether <paramref name="type"/> is Module or a class below it.</summary>
    public bool InheritsModule(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (Same(current, Module))
                return true;
        }
        return false;
    }

    /// <summary>Whether what is put into a <paramref name="type"/> comes out of it by index, key or loop only: no code of the user runs it.</summary>
    public bool IsKnownCollection(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol => true,
        INamedTypeSymbol named => IsSystem(named) || Same(named, ModuleList) || Same(named, ModuleDict),
        _ => false,
    };

    /// <summary>Whether <paramref name="method"/> is one of ours in PyTorch's places: an extension member of <c>torch.nn</c>, <c>torch.nn.functional</c> or Tensor.</summary>
    public static bool IsHeluExtension(IMethodSymbol method) =>
        (method.ContainingType.ContainingType ?? method.ContainingType) is { Name: "TorchExtensions", ContainingNamespace: { Name: "Helu", ContainingNamespace.IsGlobalNamespace: true } };

    public bool IsTorchSharp(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, ReLU.ContainingAssembly);

    /// <summary>Whether <paramref name="type"/> is the framework's, of one of <paramref name="names"/> where any are given.</summary>
    public static bool IsSystem(INamedTypeSymbol type, params string[] names) =>
        RootNamespace(type) == "System" && (names.Length == 0 || names.Contains(type.Name));

    public static bool IsSystemCollection(INamedTypeSymbol type) =>
        IsSystem(type) && type.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal);

    public static bool Same(ITypeSymbol? left, ITypeSymbol? right) =>
        right is not null && SymbolEqualityComparer.Default.Equals(left?.OriginalDefinition, right);

    /// <summary>Those of outer types too: <c>Dictionary&lt;string, Module&gt;.ValueCollection</c>.</summary>
    private static IEnumerable<ITypeSymbol> TypeArguments(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? TypeArguments(outer).Concat(type.TypeArguments) : type.TypeArguments;

    private static string RootNamespace(INamedTypeSymbol type)
    {
        INamespaceSymbol? root = type.ContainingNamespace;
        while (root?.ContainingNamespace is { IsGlobalNamespace: false } outer)
            root = outer;
        return root?.Name ?? "";
    }
}
