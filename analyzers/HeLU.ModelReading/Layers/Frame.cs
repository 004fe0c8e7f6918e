using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>The variables of a method that is being run.</summary>
/// <param name="instance">What <c>this</c> is.</param>
/// <param name="captured">The frame around a lambda or local function.</param>
/// <param name="site">The run that the method is inside of.</param>
internal sealed class Frame(TracedObject? instance, Frame? captured, Site? site)
{
    /// <summary>What <c>this</c> is, in a lambda too.</summary>
    public TracedObject? Self => instance ?? Captured?.Self;

    public Frame? Captured { get; } = captured;

    public Site? Site { get; } = site;

    public Dictionary<ISymbol, Value> Variables { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>What its return statements gave so far.</summary>
    public List<Value> Returned { get; } = [];

    /// <summary>What its yield statements gave so far; null where it has none.</summary>
    public ValueList? Yielded { get; private set; }

    public void Yield(Value value) => (Yielded ??= new([])).Items.Add(value);

    /// <summary>The frame that holds a variable: this or one around it; null where none does.</summary>
    public Frame? Of(ISymbol variable)
    {
        for (Frame? frame = this; frame is not null; frame = frame.Captured)
        {
            if (frame.Variables.ContainsKey(variable))
                return frame;
        }
        return null;
    }
}
