using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Runs functions and methods of tensors.</summary>
/// <param name="run">The trace.</param>
internal sealed class TensorRunner(TraceRun run)
{
    public Value Call(IMethodSymbol method, Value? instance, Value[] arguments, IInvocationOperation call, Site site)
    {
        if (instance is Value.Parameter parameter && OnParameter(method.Name, parameter, arguments, call.Syntax) is { } filled)
            return filled;
        if (instance is not Value.Tensor && Filled(method.Name, call) is { } creates)
            return new Value.Tensor(run.Add(new(LayerKind.Constant, method.Name, [], site) { Value = creates(arguments) }));
        if (method.ReturnType is INamedTypeSymbol { IsTupleType: true } || !run.IsTensor(method.ReturnType))
            return Value.None;
        if (method.ContainingType.Name == "torch" && !TakesTensor(method))
            return new Value.Tensor(run.Add(new(LayerKind.Input, method.Name, [], site)));
        List<Value> operands = [.. call.Arguments.Where(IsOperand).OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => arguments[argument.Parameter!.Ordinal])];
        if (!method.IsStatic)
            operands.Insert(0, instance ?? Value.None);
        return Function(method.Name, operands, site);
    }

    /// <summary>A function of tensors.</summary>
    public Value Function(string name, IReadOnlyList<Value> operands, Site site)
    {
        LayerKind kind = TensorFunctions.KindOf(name);
        if (kind == LayerKind.Loss)
            return run.Loss(name, operands, site);
        Layer[] inputs = [.. operands.SelectMany(Tensors).Select(value => run.LayerOf(value, site))];
        if (kind == LayerKind.ReLU)
            return run.Relu(name, inputs, site);
        if (kind == LayerKind.Scale && inputs.Length > 1)
            kind = name is "add" or "add_" ? LayerKind.Add : LayerKind.Operation;
        return run.Tensor(kind, name, inputs, site);
    }

    private IEnumerable<Value> Tensors(Value value) => value is Value.Sequence { Items: { } items } ? items.Items : [value];

    private bool IsOperand(IArgumentOperation argument) => argument.Parameter is { } parameter && argument.ArgumentKind != ArgumentKind.DefaultValue && MayBeTensors(parameter.Type);

    private bool TakesTensor(IMethodSymbol method) => method.Parameters.Any(parameter => MayBeTensors(parameter.Type));

    private bool MayBeTensors(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => run.IsTensor(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.Any(run.IsTensor),
        _ => run.IsTensor(type),
    };

    /// <summary>What a new tensor is filled with, where that is one number.</summary>
    private static Func<Value[], double?>? Filled(string name, IInvocationOperation call) => (name, call.TargetMethod.ContainingType.Name) switch
    {
        ("zeros" or "zeros_like", "torch") => static _ => 0,
        ("ones" or "ones_like", "torch") => static _ => 1,
        ("full" or "full_like", "torch") => arguments => call.Arguments
            .Where(argument => argument.Parameter?.Type.Name == "Scalar")
            .Select(argument => Numbers.Real(arguments[argument.Parameter!.Ordinal]))
            .FirstOrDefault(),
        _ => null,
    };

    /// <summary>A method of a weight or bias; null where it does not give that parameter back.</summary>
    private Value.Parameter? OnParameter(string name, Value.Parameter parameter, Value[] arguments, SyntaxNode node)
    {
        if (name is "detach" or "alias" or "requires_grad_" or "with_requires_grad" or "to" or "cuda" or "cpu")
            return parameter;
        if (!name.EndsWith("_", StringComparison.Ordinal))
            return null;
        double? number = arguments.Length > 0 ? Numbers.Real(arguments[0]) : null;
        Initialisation before = parameter.Target.Initialisation;
        double? value = (name, before.Kind == InitialisationKind.Constant ? before.Value : null) switch
        {
            ("zero_", _) => 0,
            ("fill_", _) => number,
            ("add_", { } old) => old + number,
            ("sub_", { } old) => old - number,
            ("mul_", { } old) => old * number,
            ("div_", { } old) => old / number,
            _ => null,
        };
        run.Journal.Initialise(parameter.Target, new(value is null ? InitialisationKind.Other : InitialisationKind.Constant, value, node, name));
        return parameter;
    }
}
