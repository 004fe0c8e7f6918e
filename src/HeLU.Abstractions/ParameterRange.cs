namespace Helu;

/// <summary>Which finite values a parameter of a kind may have.</summary>
internal enum ParameterRange
{
    /// <summary>Every finite number.</summary>
    Finite,

    /// <summary>0 or more.</summary>
    NotNegative,

    /// <summary>Above 0.</summary>
    Positive,
}
