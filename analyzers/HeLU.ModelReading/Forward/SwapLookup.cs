using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Forward;

/// <summary>Tells which calls are redirected; reads each outermost type once.</summary>
/// <param name="reader">Finds the calls.</param>
internal sealed class SwapLookup(ReluReader reader)
{
    private readonly Dictionary<INamedTypeSymbol, ReluReading> _readings = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, Annotation> _swaps = [];

    /// <summary>What became of the ReLUs of an outermost type.</summary>
    public ReluReading Read(INamedTypeSymbol outermost, CancellationToken token)
    {
        if (!_readings.TryGetValue(outermost, out ReluReading? reading))
        {
            _readings[outermost] = reading = reader.Read(outermost, token);
            foreach (SwapCall call in reading.Calls)
                _swaps[call.Syntax] = call.Annotation;
        }
        return reading;
    }

    /// <summary>What a call in the code of <paramref name="type"/> is redirected to; null where it stays.</summary>
    public Annotation? Of(SyntaxNode call, INamedTypeSymbol type, CancellationToken token)
    {
        Read(Outermost(type), token);
        return _swaps.TryGetValue(call, out Annotation swap) ? swap : null;
    }

    public static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        type = type.OriginalDefinition;
        while (type.ContainingType is { } outer)
            type = outer;
        return type;
    }
}
