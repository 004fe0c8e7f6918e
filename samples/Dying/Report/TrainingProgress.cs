using Dying.Training;
using Spectre.Console;

namespace Dying.Report;

/// <summary>A progress bar for each situation while networks are trained.</summary>
internal static class TrainingProgress
{
    /// <param name="work">Given what it is to call after each finished run; calls may come from several threads.</param>
    public static T Show<T>(IAnsiConsole console, IReadOnlyList<Trial> trials, Func<Action<Run>, T> work) =>
        console.Progress()
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(progress =>
            {
                Dictionary<string, ProgressTask> tasks = trials.CountBy(trial => trial.Situation)
                    .ToDictionary(count => count.Key, count => progress.AddTask(count.Key.EscapeMarkup(), maxValue: count.Value));
                return work(run => tasks[run.Situation].Increment(1));
            });
}
