using Digits.Report;
using Spectre.Console;

namespace Digits.Training;

/// <summary>Every configuration with every seed, under a progress bar.</summary>
internal static class Experiment
{
    /// <summary>The runs that were finished, and, where <paramref name="token"/> was cancelled, what was lost.</summary>
    internal sealed record Outcome(IReadOnlyList<Run> Runs, string? Lost);

    /// <summary>Seed by seed, so that what a cancelled experiment leaves can be compared.</summary>
    /// <param name="units">What the units do, shown above the progress bar.</param>
    public static Outcome Execute(
        Trainer trainer, IReadOnlyList<Configuration> configurations, IReadOnlyList<int> seeds, int epochs, IAnsiConsole console, UnitReports? units, CancellationToken token)
    {
        List<Run> runs = [];
        string running = "";
        try
        {
            console.Progress()
                .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .UseRenderHook((bar, _) => units is null ? bar : new Rows(units.Table, bar))
                .Start(progress =>
                {
                    ProgressTask task = progress.AddTask("training", maxValue: configurations.Count * seeds.Count * epochs);
                    foreach ((int seed, Configuration configuration) in seeds.SelectMany(seed => configurations.Select(c => (seed, c))))
                    {
                        Describe(0);
                        runs.Add(trainer.Train(configuration, seed, EpochDone, token));

                        void EpochDone(int epoch)
                        {
                            task.Increment(1);
                            Describe(Math.Min(epoch, epochs - 1));
                        }

                        void Describe(int epochsDone)
                        {
                            running = $"run {runs.Count + 1} of {configurations.Count * seeds.Count}: {configuration.Name}, seed {seed}, epoch {epochsDone + 1}";
                            task.Description = running.EscapeMarkup();
                        }
                    }
                    task.Description = "trained";
                });
            return new(runs, null);
        }
        catch (OperationCanceledException)
        {
            return new(runs, running);
        }
    }
}
