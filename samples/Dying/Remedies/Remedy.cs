using Dying.Training;

namespace Dying.Remedies;

/// <summary>One change to a situation.</summary>
/// <param name="Name">As it stands in tables and on the command line.</param>
internal sealed record Remedy(string Name, Func<Setup, Setup> Apply);
