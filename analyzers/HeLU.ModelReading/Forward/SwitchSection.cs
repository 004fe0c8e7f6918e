namespace Helu.ModelReading.Forward;

/// <summary>A section of a switch statement.</summary>
/// <param name="Labels">Its cases; a null pattern is <c>default</c>.</param>
/// <param name="Statements">Its steps.</param>
internal sealed record SwitchSection(EquatableArray<SwitchLabel> Labels, EquatableArray<Statement> Statements);
