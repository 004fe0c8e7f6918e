using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Generators.Inference;

/// <summary>Constants as C# writes them.</summary>
internal static class Literals
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        float number => Real(number, number.ToString("R", CultureInfo.InvariantCulture), "float", "f"),
        double number => Real(number, number.ToString("R", CultureInfo.InvariantCulture), "double", ""),
        long number when number is < int.MinValue or > int.MaxValue => number.ToString(CultureInfo.InvariantCulture) + "L",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>With as many values as the kind has parameters.</summary>
    public static string Of(ActivationSpec spec) =>
        $"new ActivationSpec({string.Join(", ", KindParameters.Values(spec).Select(value => Of(value)).Prepend("Kind." + spec.Kind))})";

    private static string Real(double value, string text, string type, string suffix)
    {
        if (double.IsNaN(value))
            return type + ".NaN";
        if (double.IsInfinity(value))
            return type + (value > 0 ? ".PositiveInfinity" : ".NegativeInfinity");
        bool isWhole = text.All(c => char.IsDigit(c) || c == '-');
        return text + (isWhole && suffix.Length == 0 ? ".0" : suffix);
    }
}
