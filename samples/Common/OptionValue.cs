using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Samples.Common;

/// <summary>Reads what is given to an option, and names what was found and expected where it can't be used.</summary>
public static class OptionValue
{
    /// <summary>An option that takes a whole number.</summary>
    /// <param name="description">What it counts; the range is added.</param>
    /// <param name="from">The lowest number allowed.</param>
    /// <param name="to">The highest number allowed.</param>
    public static Option<int> WholeNumber(string name, string description, int byDefault, int from, int to) => new(name)
    {
        Description = $"{description}, {from} to {to}.",
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse(
            result,
            int.TryParse(Given(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= from && number <= to,
            number,
            $"a whole number from {from} to {to}"),
    };

    /// <summary>The last word that is given; empty where none is.</summary>
    public static string Given(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;

    /// <summary>The value, with an error for the user where it is not valid.</summary>
    /// <param name="expected">Follows "expected" in the error.</param>
    /// <param name="given">The word that the error names; the last one where null.</param>
    public static T Parse<T>(ArgumentResult result, bool valid, T value, string expected, string? given = null)
    {
        if (!valid)
            result.AddError($"{((OptionResult)result.Parent!).Option.Name}: found '{given ?? Given(result)}', expected {expected}.");
        return value;
    }
}
