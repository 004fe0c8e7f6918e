using Dying.Remedies;
using Dying.Training;

namespace Dying.Situations;

/// <summary>A known way in which ReLU units die.</summary>
/// <param name="Name">As it is given on the command line.</param>
/// <param name="Title">What it is, in a line.</param>
/// <param name="Source">Where it is described.</param>
/// <param name="Setup">The situation without a remedy.</param>
/// <param name="Cure">What takes the cause away, where none of the common remedies does.</param>
internal sealed record Situation(string Name, string Title, string Source, Setup Setup, Remedy? Cure = null)
{
    /// <summary>Those that change anything here, the situation's own cure last.</summary>
    public IReadOnlyList<Remedy> Remedies { get; } =
        [.. RemedyCatalog.Common.Concat(Cure is null ? [] : [Cure]).Where(remedy => remedy.Apply(Setup) != Setup)];
}
