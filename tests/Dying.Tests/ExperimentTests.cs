using Dying.Situations;
using Dying.Training;

namespace Dying.Tests;

public sealed class ExperimentTests
{
    [Fact]
    public void The_figures_do_not_depend_on_the_number_of_threads()
    {
        IReadOnlyList<Trial> trials = Some(["HeLU-0.5", "BatchNorm"], seeds: 1);
        IReadOnlyList<Run> alone = Experiment.Execute(trials, 1, _ => { }, CancellationToken.None).Runs;

        Assert.Equal(trials.Select(trial => (trial.Situation, trial.Remedy, trial.Seed)), alone.Select(run => (run.Situation, run.Remedy, run.Seed)));
        Assert.Equal(alone, Experiment.Execute(trials, 4, _ => { }, CancellationToken.None).Runs);
    }

    [Fact]
    public void More_seeds_leave_the_figures_of_the_first_ones_as_they_were()
    {
        IReadOnlyList<Run> one = Experiment.Execute(Some([], seeds: 1), 2, _ => { }, CancellationToken.None).Runs;
        IReadOnlyList<Run> two = Experiment.Execute(Some([], seeds: 2), 2, _ => { }, CancellationToken.None).Runs;
        Assert.Equal(one, two.Where(run => run.Seed == 1));
    }

    [Fact]
    public void A_cancelled_experiment_keeps_its_finished_runs()
    {
        IReadOnlyList<Trial> trials = Some([], seeds: 10);
        using var cancellation = new CancellationTokenSource();
        int finished = 0;

        Experiment.Outcome outcome = Experiment.Execute(trials, 2, _ => Count(), cancellation.Token);

        Assert.True(outcome.Cancelled);
        Assert.InRange(outcome.Runs.Count, 3, trials.Count - 1);
        Assert.Equal(finished, outcome.Runs.Count);

        void Count()
        {
            if (Interlocked.Increment(ref finished) == 3)
                cancellation.Cancel();
        }
    }

    private static IReadOnlyList<Trial> Some(string[] remedies, int seeds) =>
        Trials.Of(new Options(SituationCatalog.All, remedies, seeds, Threads: 1, Out: "", Quick: true));
}
