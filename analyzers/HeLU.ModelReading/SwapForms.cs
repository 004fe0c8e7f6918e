using Microsoft.CodeAnalysis;

namespace Helu.ModelReading;

/// <summary>Tells which <see cref="SwapForm"/> a called method is.</summary>
internal static class SwapForms
{
    /// <summary>Forms that compute a ReLU themselves, whatever their receiver is.</summary>
    public static SwapForm? Relu(IMethodSymbol method, TorchTypes types)
    {
        if (method is { Name: "relu", Parameters.Length: 2 } && TorchTypes.Same(method.ContainingType, types.Functional))
            return SwapForm.FunctionalRelu;
        if (method.Parameters.Length != 0 || !TorchTypes.Same(method.ContainingType, types.Tensor))
            return null;
        return method.Name switch
        {
            "relu" => SwapForm.TensorRelu,
            "relu_" => SwapForm.TensorReluInPlace,
            _ => null,
        };
    }

    /// <summary>The form that makes a ReLU module.</summary>
    public static SwapForm? Makes(IMethodSymbol method, TorchTypes types) =>
        method is { Name: "ReLU", Parameters.Length: 1 } && TorchTypes.Same(method.ContainingType, types.Nn) ? SwapForm.ReluFactory : null;

    /// <summary>Forms that run a module on one input: swapped where that module is a ReLU.</summary>
    public static SwapForm? Run(IMethodSymbol method, TorchTypes types)
    {
        if (!RunsOnTensor(method, types))
            return null;
        return (method.Name, method.ContainingType) switch
        {
            ("call", { TypeKind: TypeKind.Interface }) => SwapForm.InterfaceCall,
            ("call", _) => SwapForm.ModuleCall,
            (_, { } type) when types.IsReLU(type) => SwapForm.ReluForward,
            (_, { IsAbstract: true, Name: "Module" }) => SwapForm.ModuleForward,
            _ => null,
        };
    }

    /// <summary>Whether the method is <c>call</c> or <c>forward</c> of one tensor.</summary>
    public static bool RunsOnTensor(IMethodSymbol method, TorchTypes types) =>
        method is { IsStatic: false, Parameters.Length: 1, Name: "call" or "forward" } && TorchTypes.Same(method.Parameters[0].Type, types.Tensor);

    /// <summary>Forms that build a container: always swapped, since its children may come from anywhere.</summary>
    public static SwapForm? BuildsContainer(IMethodSymbol method, TorchTypes types)
    {
        if (!TorchTypes.Same(method.ContainingType, types.Nn) || method.Parameters is not [{ } parameter])
            return null;
        return method.Name switch
        {
            "Sequential" => parameter.IsParams ? SequentialOf(Element(parameter.Type)) : SequentialListOf(Element(parameter.Type)),
            "ModuleList" => method.IsGenericMethod ? SwapForm.ModuleListOfT : SwapForm.ModuleList,
            "ModuleDict" => method.IsGenericMethod ? SwapForm.ModuleDictOfT : SwapForm.ModuleDict,
            _ => null,
        };
    }

    /// <summary>Forms that put a module into a container or list: swapped where a ReLU of this code is put in.</summary>
    public static SwapForm? Puts(IMethodSymbol method, TorchTypes types)
    {
        string signature = $"{method.Name}/{method.Parameters.Length}";
        if (TorchTypes.Same(method.ContainingType, types.Sequential))
        {
            return signature switch
            {
                "append/1" => SwapForm.SequentialAppend,
                "append/2" => SwapForm.SequentialAppendNamed,
                _ => null,
            };
        }
        if (TorchTypes.Same(method.ContainingType, types.ModuleList))
        {
            return signature switch
            {
                "append/1" => SwapForm.ModuleListAppend,
                "extend/1" => SwapForm.ModuleListExtend,
                "Add/1" => SwapForm.ModuleListAdd,
                "Insert/2" => SwapForm.ModuleListInsert,
                _ => null,
            };
        }
        if (TorchTypes.Same(method.ContainingType, types.ModuleDict))
            return signature == "Add/2" ? SwapForm.ModuleDictAdd : null;
        // A list of tuples takes no module: what is in the tuple stays.
        if (!TorchTypes.Same(method.ContainingType, types.List) || !types.IsModule(method.ContainingType.TypeArguments[0]))
            return null;
        return signature switch
        {
            "Add/1" => SwapForm.ListAdd,
            "Insert/2" => SwapForm.ListInsert,
            _ => null,
        };
    }

    private static ITypeSymbol? Element(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [{ } element] } => element,
        _ => null,
    };

    private static SwapForm SequentialOf(ITypeSymbol? element) => element switch
    {
        { IsTupleType: true } => SwapForm.SequentialNamed,
        { Name: "Tuple" } => SwapForm.SequentialTuples,
        _ => SwapForm.Sequential,
    };

    private static SwapForm SequentialListOf(ITypeSymbol? element) => element switch
    {
        { IsTupleType: true } => SwapForm.SequentialNamedList,
        { Name: "Tuple" } => SwapForm.SequentialTupleList,
        _ => SwapForm.SequentialList,
    };
}
