using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Sites;

/// <summary>
/// Tells whether the argument of a swapped call is a fresh temporary, and which module's call made it: directly nested, <c>functional.relu(fc1.call(x))</c>, or by
/// the statement before, <c>x = fc1.call(x); x = functional.relu(x);</c>.
/// </summary>
/// <param name="types">The types to recognise.</param>
/// <param name="swapped">The calls that are redirected as ReLUs: they can't be redirected once more.</param>
internal sealed class SiteReader(TorchTypes types, ISet<SyntaxNode> swapped)
{
    private readonly Producers _producers = new(types);

    public SiteReading Read(SwapCall call, CancellationToken token)
    {
        if (call.Model.GetOperation(call.Syntax, token) is not IInvocationOperation invocation || ArgumentOf(call.Form, invocation) is not { } argument)
            return default;
        bool isHandedOver = argument is ILocalReferenceOperation or IParameterReferenceOperation;
        IOperation? made = isHandedOver ? Handover.Given(argument, token) : argument;
        ArgumentOrigin origin = made is null || (isHandedOver && !Handover.IsLastRead(argument, token)) ? ArgumentOrigin.Kept : OriginOf(made, token);
        IInvocationOperation? producer = ProducerOf(made);
        return new(origin, producer, ModuleOf(invocation) ?? MemberNames.Of(producer?.Instance));
    }

    /// <summary>The tensor that a form computes the ReLU of; null for one that builds a container or puts into it.</summary>
    private static IOperation? ArgumentOf(SwapForm form, IInvocationOperation call) => form switch
    {
        SwapForm.TensorRelu or SwapForm.TensorReluInPlace => Unconverted(call.Instance),
        SwapForm.FunctionalRelu or SwapForm.ModuleCall or SwapForm.InterfaceCall or SwapForm.ModuleForward or SwapForm.ReluForward =>
            Unconverted(call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value),
        _ => null,
    };

    private string? ModuleOf(IInvocationOperation call) => types.IsTensor(call.Instance?.Type) ? null : MemberNames.Of(call.Instance);

    private ArgumentOrigin OriginOf(IOperation value, CancellationToken token)
    {
        if (_producers.IsFresh(value))
            return ArgumentOrigin.Fresh;
        return ProducerOf(value) is { Syntax: InvocationExpressionSyntax syntax } producer
            && _producers.MayBeFresh(producer) && !swapped.Contains(syntax) && Interceptable.Is(producer, syntax, token)
                ? ArgumentOrigin.Noted
                : ArgumentOrigin.Kept;
    }

    private IInvocationOperation? ProducerOf(IOperation? value) => value is IInvocationOperation call && _producers.RunsModule(call) ? call : null;

    private static IOperation? Unconverted(IOperation? value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
            value = conversion.Operand;
        return value;
    }
}
