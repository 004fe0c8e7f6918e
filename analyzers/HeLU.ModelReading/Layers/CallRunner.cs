using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Runs calls: of TorchSharp, of sequences, of methods that are written in the compilation.</summary>
/// <param name="run">The trace.</param>
internal sealed class CallRunner(TraceRun run)
{
    private readonly TorchRunner _torch = new(run);
    private readonly SequenceRunner _sequences = new(run);

    public Value Call(IInvocationOperation call, Frame frame)
    {
        IMethodSymbol method = call.TargetMethod;
        Value? instance = call.Instance is null ? null : run.Expressions.Read(call.Instance, frame);
        Value[] arguments = run.Objects.ReadArguments(call.Arguments, frame);
        var site = new Site(call.Syntax, frame.Site);
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return instance is null ? Value.None : Invoke(instance, arguments, site);
        if (_torch.IsTorch(method))
            return InPlace(call, arguments, _torch.Call(call, instance, arguments, site), frame);
        if (TorchTypes.IsSystem(method.ContainingType))
            return _sequences.Call(method, instance, arguments, site) ?? Foreign(call, instance, arguments, site);
        if (instance is Value.Reference { Module: { } module } && method.Name is "forward" or "call" && !IsBase(call))
            return run.Modules.Run(((Value.Reference)instance!).Module!, arguments, site);
        if (method.DeclaringSyntaxReferences.IsEmpty && !method.IsAbstract)
            return Foreign(call, instance, arguments, site);
        TracedObject? target = (instance as Value.Reference)?.Target;
        if (method.MethodKind == MethodKind.LocalFunction)
            return run.Objects.RunMethod(method, null, frame, arguments, site);
        if (IsBase(call))
            return run.CodeOf(method.OriginalDefinition) is { } code ? run.Objects.RunCode(code, method.OriginalDefinition, new Frame(target, null, site), arguments) : Value.None;
        return run.Objects.RunMethod(method, target, null, arguments, site);
    }

    /// <summary>Calls a lambda, local function or method group.</summary>
    public Value Invoke(Value function, IReadOnlyList<Value> arguments, Site site)
    {
        if (function is not Value.Function called)
            return Value.None;
        if (called.Body is { } body)
            return run.Objects.RunCode(body, called.Method, new Frame(null, called.Captured, site), arguments);
        if (_torch.IsTorch(called.Method))
            return _torch.CallGroup(called, arguments, site);
        return called.Method.MethodKind == MethodKind.LocalFunction
            ? run.Objects.RunMethod(called.Method, null, called.Captured, arguments, site)
            : run.Objects.RunMethod(called.Method, called.Method.IsStatic ? null : called.Instance, null, arguments, site);
    }

    /// <summary>A variable whose tensor is overwritten holds the result from then on: <c>x.relu_();</c></summary>
    private Value InPlace(IInvocationOperation call, Value[] arguments, Value result, Frame frame)
    {
        IOperation? target = call switch
        {
            { TargetMethod.Name: { } name, Instance: { } receiver } when name.EndsWith("_", StringComparison.Ordinal) => receiver,
            { Instance: null, Arguments: [{ Value: { } first }, ..] } when call.Arguments.Any(argument => argument.Parameter?.Name == "inplace" && arguments[argument.Parameter.Ordinal] is Value.Constant { Content: true }) => first,
            _ => null,
        };
        if (target is ILocalReferenceOperation or IParameterReferenceOperation && result is Value.Tensor)
            run.Expressions.Assign(target, result, frame);
        return result;
    }

    private static bool IsBase(IInvocationOperation call) => call.Instance is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };

    /// <summary>Code that is compiled elsewhere may do anything to the weights of the modules that it is given.</summary>
    private Value Foreign(IInvocationOperation call, Value? instance, Value[] arguments, Site site)
    {
        foreach (Value value in arguments.Append(instance ?? Value.None))
            run.Modules.Touch(value);
        if (!run.IsTensor(call.Type))
            return Value.None;
        Layer[] inputs = [.. arguments.Append(instance ?? Value.None).OfType<Value.Tensor>().Select(tensor => tensor.Layer)];
        return run.Tensor(LayerKind.Unknown, call.TargetMethod.Name, inputs, site);
    }
}
