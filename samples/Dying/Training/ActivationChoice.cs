using Helu;

namespace Dying.Training;

/// <summary>What takes the place of the network's ReLUs.</summary>
/// <param name="Alpha">The kind's parameter; null where it has none.</param>
internal sealed record ActivationChoice(Kind Kind, double? Alpha = null);
