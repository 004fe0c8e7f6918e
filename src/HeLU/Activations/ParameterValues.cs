using System.Runtime.CompilerServices;

namespace Helu.Activations;

/// <summary>The values of parameters that a user gives at run time.</summary>
internal static class ParameterValues
{
    /// <summary>Returns <paramref name="value"/>, or throws where <paramref name="kind"/> cannot have it.</summary>
    /// <param name="value">The parameter's value.</param>
    /// <param name="kind">The kind that has the parameter.</param>
    /// <param name="index">Which of the kind's parameters it is.</param>
    /// <param name="argument">The user's name for it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite or not in the parameter's range.</exception>
    public static double Checked(double value, Kind kind, int index = 0, [CallerArgumentExpression(nameof(value))] string? argument = null) =>
        KindParameters.Of(kind)[index].Fault(kind, value) is { } fault ? throw new ArgumentOutOfRangeException(argument, value, fault) : value;
}
