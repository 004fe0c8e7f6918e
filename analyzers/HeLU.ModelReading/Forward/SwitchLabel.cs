namespace Helu.ModelReading.Forward;

/// <summary>A case of a switch statement.</summary>
/// <param name="Pattern">What it matches; null for <c>default</c>.</param>
/// <param name="Guard">What must hold besides; null where nothing must.</param>
internal sealed record SwitchLabel(Pattern? Pattern, Expression? Guard);
