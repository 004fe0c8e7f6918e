namespace Helu.ModelReading.Forward;

/// <summary>An arm of a switch expression.</summary>
/// <param name="Pattern">What it matches.</param>
/// <param name="Guard">What must hold besides; null where nothing must.</param>
/// <param name="Value">Its value.</param>
internal sealed record SwitchArm(Pattern Pattern, Expression? Guard, Expression Value);
