using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Runs calls of TorchSharp, and of ours on its types.</summary>
/// <param name="run">The trace.</param>
internal sealed class TorchRunner(TraceRun run)
{
    private readonly TensorRunner _tensors = new(run);

    public bool IsTorch(IMethodSymbol method) =>
        method.ContainingType is { } owner && (run.Types.IsTorchSharp(owner) || owner.ContainingAssembly?.Name == "HeLU");

    public Value Call(IInvocationOperation call, Value? instance, Value[] arguments, Site site)
    {
        IMethodSymbol method = call.TargetMethod;
        if (instance is Value.Reference { Module: { } module })
            return OnModule(module, method.Name, instance, arguments, site);
        if (IsLoad(method.Name) && run.Types.InheritsModule(method.ContainingType))
            run.FillsOfUnknown.Add(call.Syntax);
        if (method.Name == "step" && arguments is [Value.Function closure])
            return run.Expressions.Invoke(closure, [], site);
        switch (method.ContainingType.Name)
        {
            case "nn" or "TorchExtensions" or "" when method.Name == "Parameter":
                return arguments[0];
            case not "functional" when run.Types.IsModuleType(method.ReturnType) && method.IsStatic:
                return arguments is [Value.Reference { Module: not null }, ..] && method.ContainingType.Name != "nn"
                    ? arguments[0]
                    : run.Modules.Create(method.ReturnType, method.Name, call.Arguments, arguments, call.Syntax);
            case "init":
                return Initialise(method.Name, arguments, call.Syntax);
            case "optim":
                run.Optimisers.Add((call, call.Arguments.Where(argument => argument.Parameter is not null).ToDictionary(argument => argument.Parameter!.Name, argument => arguments[argument.Parameter!.Ordinal])));
                return Value.None;
            default:
                return _tensors.Call(method, instance, arguments, call, site);
        }
    }

    /// <summary>Calls a method of TorchSharp that was given as a method group: <c>Func&lt;Tensor, Tensor&gt; act = relu</c>.</summary>
    public Value CallGroup(Value.Function function, IReadOnlyList<Value> arguments, Site site) => (function.Method, function.Instance) switch
    {
        ({ IsStatic: false, Name: "call" or "forward" }, TracedModule module) => run.Modules.Run(module, arguments, site),
        ({ IsStatic: true } method, _) when run.IsTensor(method.ReturnType) => _tensors.Function(method.Name, arguments, site),
        _ => Value.None,
    };

    private Value OnModule(TracedModule module, string name, Value self, Value[] arguments, Site site)
    {
        switch (name)
        {
            case "call" or "forward":
                return run.Modules.Run(module, arguments, site);
            case "append" or "Add" or "extend" or "add_module" or "register_module":
                run.Modules.Fill(module.Children, arguments);
                return self;
            case "Insert" when arguments is [Value.Constant { Content: long at }, { } item] && at >= 0 && at <= module.Children.Items.Count:
                run.Journal.Change(module.Children, children => children.Insert((int)at, item));
                return self;
            case "RegisterComponents":
                module.IsRegistered = true;
                return Value.None;
            case "parameters":
                return Sequence(Parameters(module));
            case "named_parameters":
                return Sequence(Parameters(module).Select(Named));
            case "modules":
                return Sequence(ModuleRunner.WithDescendants(module).Select(Reference));
            case "named_modules":
                return Sequence(ModuleRunner.WithDescendants(module).Select(Reference).Select(Named));
            case "children":
                return Sequence(ModuleRunner.Children(module).Select(Reference));
            case "named_children":
                return Sequence(ModuleRunner.Children(module).Select(Reference).Select(Named));
            case "apply" when arguments is [{ } function, ..]:
                foreach (TracedModule part in ModuleRunner.WithDescendants(module).Reverse())
                    run.Expressions.Invoke(function, [Reference(part)], site);
                return self;
            case var load when IsLoad(load):
                run.Fills.Add(site.Node);
                run.Modules.Initialise(self, new(InitialisationKind.Other, null, site.Node, name));
                return self;
            case "get_parameter" or "get_submodule":
                run.Modules.Touch(self);
                return Value.None;
            default:
                return run.Types.IsModuleType(module.Type) && name is "to" or "cuda" or "cpu" or "train" or "eval" or "half" or "float" or "double" ? self : Value.None;
        }
    }

    private Value Initialise(string name, Value[] arguments, SyntaxNode node)
    {
        if (arguments is not [{ } target, ..])
            return Value.None;
        (IsUnknown(target) ? run.FillsOfUnknown : run.Fills).Add(node);
        (InitialisationKind kind, double? value) = name switch
        {
            "constant_" => (InitialisationKind.Constant, arguments.Length > 1 ? Numbers.Real(arguments[1]) : null),
            "zeros_" => (InitialisationKind.Constant, 0),
            "ones_" => (InitialisationKind.Constant, 1),
            "kaiming_uniform_" or "kaiming_normal_" => (InitialisationKind.Kaiming, null),
            _ => (InitialisationKind.Other, (double?)null),
        };
        if (kind == InitialisationKind.Constant && value is null)
            kind = InitialisationKind.Other;
        run.Modules.Initialise(target, new(kind, value, node, name));
        return target;
    }

    /// <summary>A weight of a module that is not known is a tensor without a source.</summary>
    private static bool IsUnknown(Value target) => target is Value.Unknown or Value.Tensor { Layer.Kind: LayerKind.Unknown };

    private static bool IsLoad(string name) => name is "load" or "load_state_dict" or "load_py";

    private static IEnumerable<Value> Parameters(TracedModule module) => ModuleRunner.WithDescendants(module)
        .Where(part => !part.IsUserClass && !part.IsContainer)
        .SelectMany(part => part.HasBias is false ? new[] { part.Weight } : [part.Weight, part.Bias], (part, parameter) => (Value)new Value.Parameter(parameter, part));

    private static Value Reference(TracedModule module) => new Value.Reference(module);

    private static Value Named(Value value) => Sequence([Value.None, value]);

    private static Value.Sequence Sequence(IEnumerable<Value> items) => new(new([.. items]));
}
