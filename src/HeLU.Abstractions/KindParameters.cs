namespace Helu;

/// <summary>Which kinds have a parameter (alpha), its default and its range. The compiler side and the run time share this one table.</summary>
internal static class KindParameters
{
    /// <summary>Whether <paramref name="kind"/> has a parameter at all.</summary>
    public static bool HasAlpha(Kind kind) => kind is Kind.HeLU or Kind.LeakyReLU or Kind.ELU;

    /// <summary>alpha where none is given: .05 for HeLU (the paper's BERT value), .01 and 1 for LeakyReLU and ELU (PyTorch's); 0 for a kind without.</summary>
    public static double DefaultAlpha(Kind kind) => kind switch
    {
        Kind.HeLU => 0.05,
        Kind.LeakyReLU => 0.01,
        Kind.ELU => 1.0,
        _ => 0.0,
    };

    /// <summary>Says what is wrong with <paramref name="alpha"/> for <paramref name="kind"/>, or null where nothing is.</summary>
    public static string? Fault(Kind kind, double alpha)
    {
        if (kind is < Kind.ReLU or > Kind.Mish)
            return $"{(int)kind} is not a value of Helu.Kind";
        if (!HasAlpha(kind))
            return $"Kind.{kind} has no alpha; remove it";
        if (double.IsNaN(alpha) || double.IsInfinity(alpha))
            return $"alpha of Kind.{kind} must be finite";
        return kind switch
        {
            Kind.HeLU when alpha < 0 => "alpha of Kind.HeLU must be 0 or more",
            Kind.ELU when alpha <= 0 => "alpha of Kind.ELU must be above 0",
            _ => null,
        };
    }

    /// <summary>Whether <paramref name="kind"/> is one of the values of <see cref="Kind"/>.</summary>
    public static bool IsDefined(Kind kind) => kind is >= Kind.ReLU and <= Kind.Mish;
}
