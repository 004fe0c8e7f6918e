using Dying.Comparing;
using Dying.Remedies;
using Spectre.Console;

namespace Dying.Report;

/// <summary>All situations in one table, and what it says of HeLU.</summary>
internal static class Summary
{
    public static void Write(IAnsiConsole console, IReadOnlyList<SituationResult> results)
    {
        console.WriteLine();
        console.WriteLine("What does HeLU fix, and what not?");
        console.Write(Create(results));
        foreach (string sentence in Sentences(results))
            console.WriteLine(sentence);
    }

    /// <summary>What HeLU fixes at which alpha, and what else does; nothing of situations in which no HeLU was tried.</summary>
    public static IEnumerable<string> Sentences(IReadOnlyList<SituationResult> results)
    {
        foreach (SituationResult result in results)
        {
            ILookup<bool, Verdict> ofHeLU = result.Verdicts.ToLookup(verdict => RemedyCatalog.HeLU.Any(helu => helu.Name == verdict.Remedy));
            if (!ofHeLU[true].Any())
                continue;
            string fixing = Names(ofHeLU[true], Grade.Fixes), helping = Names(ofHeLU[true], Grade.Helps), harming = Names(ofHeLU[true], Grade.Harms);
            string others = Names(ofHeLU[false], Grade.Fixes);
            yield return $"{result.Situation.Name}: "
                + (fixing.Length > 0 ? $"{fixing} fixes it" : "no HeLU tried fixes it")
                + (helping.Length > 0 ? $"; {helping} helps" : "")
                + (harming.Length > 0 ? $"; {harming} harms" : "")
                + (others.Length > 0 ? $". Other fixes: {others}." : ". Nothing else tried fixes it.");
        }
    }

    private static string Names(IEnumerable<Verdict> verdicts, Grade grade) =>
        string.Join(", ", verdicts.Where(verdict => verdict.Grade == grade).Select(verdict => verdict.Remedy));

    private static Table Create(IReadOnlyList<SituationResult> results)
    {
        Table table = new Table().RoundedBorder();
        table.AddColumn("remedy");
        foreach (SituationResult result in results)
            table.AddColumn(result.Situation.Name.EscapeMarkup());
        foreach (string remedy in results.SelectMany(result => result.Verdicts).Select(verdict => verdict.Remedy).Distinct())
            table.AddRow([remedy.EscapeMarkup(), .. results.Select(result => Cell(result, remedy).EscapeMarkup())]);
        return table;
    }

    private static string Cell(SituationResult result, string remedy) =>
        result.Verdicts.FirstOrDefault(verdict => verdict.Remedy == remedy) is { } verdict ? Words.Cell(verdict) : "";
}
