namespace Helu;

/// <summary>A parameter of a kind.</summary>
/// <param name="Name">As messages and <c>torch.nn</c> spell it; the attribute's property is the same with a capital letter.</param>
/// <param name="Default">Its value where none is given.</param>
/// <param name="Range">Which finite values it may have.</param>
internal sealed record KindParameter(string Name, double Default, ParameterRange Range)
{
    /// <summary>The attribute's property.</summary>
    public string Property => char.ToUpperInvariant(Name[0]) + Name.Substring(1);

    /// <summary>Says what is wrong with <paramref name="value"/> for <paramref name="kind"/>, or null where nothing is.</summary>
    public string? Fault(Kind kind, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            return $"{Name} of Kind.{kind} must be finite";
        return Range switch
        {
            ParameterRange.NotNegative when value < 0 => $"{Name} of Kind.{kind} must be 0 or more",
            ParameterRange.Positive when value <= 0 => $"{Name} of Kind.{kind} must be above 0",
            _ => null,
        };
    }
}
