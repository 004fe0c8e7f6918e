using Dying.Situations;

namespace Dying;

/// <summary>What the command line asks for.</summary>
/// <param name="Remedies">Names of remedies; empty: all.</param>
/// <param name="Out">The folder for plots and figures.</param>
/// <param name="Quick">Trains a fifth of the steps.</param>
internal sealed record Options(IReadOnlyList<Situation> Situations, IReadOnlyList<string> Remedies, int Seeds, int Threads, string Out, bool Quick);
