using Helu.ModelReading.Forward;

namespace Helu.Generators.Inference;

/// <summary>Writes patterns.</summary>
internal static class PatternWriter
{
    public static string Write(Pattern pattern, Identifiers names) => pattern switch
    {
        Pattern.Constant constant => Literals.Of(constant.Value.Value),
        Pattern.Relation relation => $"{relation.Operator} {Literals.Of(relation.Value.Value)}",
        Pattern.NotNull { Variable: { } variable } => "{ } " + names.Variable(variable),
        Pattern.NotNull => "{ }",
        Pattern.Any { Variable: { } variable } => "var " + names.Variable(variable),
        Pattern.Any => "_",
        Pattern.Not { Negated: { } negated } => "not " + Operand(negated, names),
        Pattern.And both => $"{Operand(both.Left, names)} and {Operand(both.Right, names)}",
        Pattern.Or either => $"{Operand(either.Left, names)} or {Operand(either.Right, names)}",
        _ => throw new ArgumentOutOfRangeException(nameof(pattern), pattern, "No text is known for this pattern."),
    };

    private static string Operand(Pattern pattern, Identifiers names) =>
        pattern is Pattern.And or Pattern.Or or Pattern.Not ? $"({Write(pattern, names)})" : Write(pattern, names);
}
