using Dying.Comparing;

namespace Dying.Report;

/// <summary>Verdicts in words.</summary>
internal static class Words
{
    public static string Of(Grade grade) => grade switch
    {
        Grade.Fixes => "fixes",
        Grade.Helps => "helps",
        Grade.Harms => "harms",
        Grade.NoClearDifference => "no clear difference",
        _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, "Not a grade."),
    };

    /// <summary>In a column of verdicts, where nothing clear should not stand out.</summary>
    public static string Cell(Verdict verdict) => verdict.Grade == Grade.NoClearDifference ? "-" : Of(verdict.Grade);

    /// <summary>As "2 : 18", with a star where the difference is clear.</summary>
    public static string Of(Pairs pairs) => $"{pairs.Lower} : {pairs.Higher}{(pairs.ClearlyLower || pairs.ClearlyHigher ? "*" : " ")}";

    /// <summary>A sentence of each grade that a remedy has in the situation.</summary>
    public static IEnumerable<string> Sentences(SituationResult result)
    {
        foreach (Grade grade in new[] { Grade.Fixes, Grade.Helps, Grade.NoClearDifference, Grade.Harms })
        {
            string[] remedies = [.. result.Verdicts.Where(verdict => verdict.Grade == grade).Select(verdict => verdict.Remedy)];
            if (remedies.Length > 0)
                yield return $"{Of(grade)}: {string.Join(", ", remedies)}";
        }
        string[] onlyAwake = [.. result.Verdicts.Where(verdict => verdict.Dead.ClearlyLower && !verdict.Loss.ClearlyLower).Select(verdict => verdict.Remedy)];
        if (onlyAwake.Length > 0)
            yield return $"fewer dead units, but no lower loss: {string.Join(", ", onlyAwake)}";
    }
}
