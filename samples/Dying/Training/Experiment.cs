using System.Collections.Concurrent;

namespace Dying.Training;

/// <summary>Trains networks side by side.</summary>
internal static class Experiment
{
    /// <summary>The runs that were finished, in the order of their trials: all of them unless <paramref name="Cancelled"/>.</summary>
    internal sealed record Outcome(IReadOnlyList<Run> Runs, bool Cancelled);

    /// <param name="threads">How many networks are trained at a time.</param>
    /// <param name="done">Told of each finished run, on the thread that trained it.</param>
    public static Outcome Execute(IReadOnlyList<Trial> trials, int threads, Action<Run> done, CancellationToken token)
    {
        var runs = new Run?[trials.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = token };
        try
        {
            // One trial at a time for each thread, in order, so that what a cancelled experiment leaves is whole situations.
            OrderablePartitioner<Trial> inOrder = Partitioner.Create(trials, EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(inOrder, parallel, (trial, _, index) =>
            {
                Run run = trial.Execute(token);
                runs[index] = run;
                done(run);
            });
        }
        catch (OperationCanceledException)
        {
            return new([.. runs.OfType<Run>()], Cancelled: true);
        }
        return new([.. runs.OfType<Run>()], Cancelled: false);
    }
}
