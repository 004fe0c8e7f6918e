namespace Helu.ModelReading.Forward;

/// <summary>What was read of a model class.</summary>
/// <param name="Model">What it computes; null where not all of it was understood.</param>
/// <param name="Problems">What was not understood; empty too where the compiler itself reports errors.</param>
internal sealed record ForwardReading(ModelForward? Model, IReadOnlyList<ForwardProblem> Problems);
