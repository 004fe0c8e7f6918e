using Helu.ModelReading;

namespace Helu.Generators;

/// <summary>The text of a method that stands in for a TorchSharp method: the same return type and parameters, and a call into the runtime.</summary>
/// <param name="Returns">Its return type.</param>
/// <param name="Name">Its name, with type parameters.</param>
/// <param name="Parameters">Its parameters; an instance method's receiver first.</param>
/// <param name="Body">What it returns; <c>{0}</c> is the activation, <c>{1}</c> the layer's name and what is known of the argument.</param>
/// <param name="Constraint">The constraint on its type parameter.</param>
internal sealed record Interceptor(string Returns, string Name, string Parameters, string Body, string Constraint = "")
{
    private const string WhereModule = " where T : AnyModule";

    /// <summary>The names that the texts here use; a user's own types can't get in their way.</summary>
    public const string Aliases = """
            using ActivationSpec = global::Helu.ActivationSpec;
            using AnyModule = global::TorchSharp.torch.nn.Module;
            using Argument = global::Helu.Runtime.Argument;
            using IModule = global::TorchSharp.torch.nn.IModule<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>;
            using Kind = global::Helu.Kind;
            using Module = global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>;
            using Modules = global::TorchSharp.Modules;
            using NN = global::TorchSharp.torch.nn;
            using Producer = global::Helu.Runtime.Producer;
            using Swap = global::Helu.Runtime.Swap;
            using Tensor = global::TorchSharp.torch.Tensor;
            using global::System;
            using global::System.Collections.Generic;
            using global::System.Runtime.CompilerServices;
        """;

    public static Interceptor For(SwapForm form) => form switch
    {
        SwapForm.FunctionalRelu => new("Tensor", "relu", "Tensor x, bool inplace = false", "Swap.relu(x, inplace, {0}, {1})"),
        SwapForm.TensorRelu => new("Tensor", "relu", "this Tensor x", "Swap.relu(x, {0}, {1})"),
        SwapForm.TensorReluInPlace => new("Tensor", "relu_", "this Tensor x", "Swap.relu_(x, {0}, {1})"),
        SwapForm.ModuleCall => new("Tensor", "call", "this Module module, Tensor input", "Swap.call(module, input, {0}, {1})"),
        SwapForm.InterfaceCall => new("Tensor", "call", "this IModule module, Tensor input", "Swap.call(module, input, {0}, {1})"),
        SwapForm.ModuleForward => new("Tensor", "forward", "this Module module, Tensor input", "Swap.forward(module, input, {0}, {1})"),
        SwapForm.ReluForward => new("Tensor", "forward", "this Modules.ReLU module, Tensor input", "Swap.forward(module, input, {0}, {1})"),
        SwapForm.Sequential => Sequential("params Module[]"),
        SwapForm.SequentialNamed => Sequential("params (string name, Module submodule)[]"),
        SwapForm.SequentialTuples => Sequential("params Tuple<string, Module>[]"),
        SwapForm.SequentialList => Sequential("IEnumerable<Module>"),
        SwapForm.SequentialNamedList => Sequential("IEnumerable<(string name, Module submodule)>"),
        SwapForm.SequentialTupleList => Sequential("IEnumerable<Tuple<string, Module>>"),
        SwapForm.SequentialAppend => new("Modules.Sequential", "append", "this Modules.Sequential sequential, IModule module", "sequential.append(" + Child("module") + ")"),
        SwapForm.SequentialAppendNamed => new("Modules.Sequential", "append", "this Modules.Sequential sequential, string name, IModule module", "sequential.append(name, " + Child("module") + ")"),
        SwapForm.ModuleList => new("Modules.ModuleList<AnyModule>", "ModuleList", "params AnyModule[] modules", "NN.ModuleList(" + Children("modules") + ")"),
        SwapForm.ModuleListOfT => new("Modules.ModuleList<T>", "ModuleList<T>", "params T[] modules", "NN.ModuleList<T>(" + Children("modules") + ")", WhereModule),
        SwapForm.ModuleListAppend => OnModuleList("append", "params T[] parameters", Children("parameters")),
        SwapForm.ModuleListExtend => OnModuleList("extend", "IEnumerable<T> modules", Children("modules")),
        SwapForm.ModuleListAdd => OnModuleList("Add", "T item", Child("item")),
        SwapForm.ModuleListInsert => OnModuleList("Insert", "int index, T item", "index, " + Child("item")),
        SwapForm.ModuleDict => new("Modules.ModuleDict<AnyModule>", "ModuleDict", "params (string, AnyModule)[] modules", "NN.ModuleDict(" + Children("modules") + ")"),
        SwapForm.ModuleDictOfT => new("Modules.ModuleDict<T>", "ModuleDict<T>", "params (string, T)[] modules", "NN.ModuleDict<T>(" + Children("modules") + ")", WhereModule),
        SwapForm.ModuleDictAdd => new("void", "Add<T>", "this Modules.ModuleDict<T> dict, string key, T value", "dict.Add(key, " + Child("value") + ")", WhereModule),
        SwapForm.ReluFactory => new("Modules.ReLU", "ReLU", "bool inplace = false", "Swap.ReLU(inplace, {0})"),
        SwapForm.ListAdd => OnList("Add", "T item", Child("item")),
        SwapForm.ListInsert => OnList("Insert", "int index, T item", "index, " + Child("item")),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No interceptor is known for this form."),
    };

    /// <summary>In place of a method by which a module runs on a tensor.</summary>
    public static Interceptor For(string receiver, string method) =>
        new("Tensor", method, $"this {receiver} module, Tensor input", $"Producer.{method}(module, input)");

    private static Interceptor Sequential(string type) =>
        new("Modules.Sequential", "Sequential", type + " modules", "Swap.Sequential(modules, {0})");

    private static Interceptor OnModuleList(string name, string parameters, string arguments) =>
        new("void", name + "<T>", $"this Modules.ModuleList<T> list, {parameters}", $"list.{name}({arguments})", WhereModule);

    private static Interceptor OnList(string name, string parameters, string arguments) =>
        new("void", name + "<T>", $"this List<T> list, {parameters}", $"list.{name}({arguments})");

    private static string Child(string module) => $"Swap.Child({module}, {{0}})";

    private static string Children(string modules) => $"Swap.Children({modules}, {{0}})";
}
