using Dying.Comparing;
using Dying.Training;
using Spectre.Console;

namespace Dying.Report;

/// <summary>What the columns and words of the tables mean.</summary>
internal static class Legend
{
    public static void Write(IAnsiConsole console)
    {
        string[] lines =
        [
            "",
            "Dead: units whose pre-activation is above 0 for none of the held-out inputs (all units, where the training diverged). In reach: not more than alpha",
            "below 0 for some input; alpha is HeLU's own, 0.05 for the others. Constant output: a whole layer gives 0 for every input. Loss: the mean squared error on",
            FormattableString.Invariant($"held-out inputs over that of predicting the mean; ∞: diverged. Failed to learn: a loss of {Run.FailedFrom} or more."),
            "fewer : more, lower : higher: seeds in which the remedy has the lower and the higher figure than ReLU with the same seed; two networks that failed have",
            FormattableString.Invariant($"equal losses. *: clear, p < {Pairs.Clear} (exact two-sided sign test). helps, harms: a clearly lower, higher loss; -: neither. fixes: a clearly lower loss,"),
            FormattableString.Invariant($"and at most {Verdict.FailuresOfAFix:P0} of the networks fail, where more did with ReLU. A LeakyReLU unit that is counted as dead passes a signal all the same."),
        ];
        foreach (string line in lines)
            console.WriteLine(line);
    }
}
