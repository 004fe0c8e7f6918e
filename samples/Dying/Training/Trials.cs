using Dying.Remedies;
using Dying.Situations;

namespace Dying.Training;

/// <summary>Which networks are to be trained.</summary>
internal static class Trials
{
    private const int QuickPart = 5;

    /// <summary>Situation by situation, and in each seed by seed: the baseline and the remedies that are asked for and change something there.</summary>
    public static IReadOnlyList<Trial> Of(Options options) =>
    [
        .. from situation in options.Situations
           from seed in Enumerable.Range(1, options.Seeds)
           from remedy in situation.Remedies.Where(remedy => options.Remedies.Count == 0 || options.Remedies.Contains(remedy.Name)).Prepend(RemedyCatalog.Baseline)
           select new Trial(situation.Name, remedy.Name, seed, remedy.Apply(options.Quick ? Quick(situation.Setup) : situation.Setup)),
    ];

    private static Setup Quick(Setup setup) => setup with { Steps = setup.Steps / QuickPart };
}
