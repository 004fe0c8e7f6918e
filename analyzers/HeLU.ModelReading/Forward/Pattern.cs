namespace Helu.ModelReading.Forward;

/// <summary>What a value is matched against.</summary>
internal abstract record Pattern
{
    private Pattern()
    {
    }

    /// <summary>A constant, null included.</summary>
    public sealed record Constant(Expression.Constant Value) : Pattern
    {
        public static Constant Null { get; } = new(Expression.Constant.Null);
    }

    /// <summary>A number that stands in a relation to a constant.</summary>
    /// <param name="Operator">&lt;, &lt;=, &gt; or &gt;=.</param>
    /// <param name="Value">The constant.</param>
    public sealed record Relation(string Operator, Expression.Constant Value) : Pattern;

    /// <summary>Anything but null.</summary>
    /// <param name="Variable">The variable that holds the value then; null where there is none.</param>
    public sealed record NotNull(string? Variable) : Pattern;

    /// <summary>Anything.</summary>
    /// <param name="Variable">The variable that holds the value then; null where there is none.</param>
    public sealed record Any(string? Variable) : Pattern;

    /// <summary>What the other pattern does not match.</summary>
    public sealed record Not(Pattern Negated) : Pattern;

    /// <summary>What both patterns match.</summary>
    public sealed record And(Pattern Left, Pattern Right) : Pattern;

    /// <summary>What one of the patterns matches.</summary>
    public sealed record Or(Pattern Left, Pattern Right) : Pattern;
}
