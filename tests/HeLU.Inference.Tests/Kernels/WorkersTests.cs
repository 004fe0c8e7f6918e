using System.Diagnostics;
using Helu.Inference.Kernels;

namespace Helu.Inference.Tests.Kernels;

public unsafe class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Each_share_is_worked_on_once_a_round(int threads)
    {
        using Workers workers = new(threads);
        int* rounds = stackalloc int[threads];
        new Span<int>(rounds, threads).Clear();
        for (int round = 0; round < 200; round++)
            workers.Run(&Count, rounds);
        Assert.Equal(threads, workers.Count);
        Assert.Equal(Enumerable.Repeat(200, threads), new Span<int>(rounds, threads).ToArray());
    }

    [Fact]
    public void Threads_that_fell_asleep_leave_no_share_undone()
    {
        using Workers workers = new(3);
        int* rounds = stackalloc int[3] { 0, 0, 0 };
        for (int round = 0; round < 5; round++)
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(2))
                Thread.Yield();
            workers.Run(&Count, rounds);
        }

        Assert.Equal([5, 5, 5], new Span<int>(rounds, 3).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_a_share_throws_reaches_the_caller_and_the_team_goes_on(int share)
    {
        using Workers workers = new(2);
        int thrower = share;
        int* rounds = stackalloc int[2] { 0, 0 };
        for (int round = 1; round <= 3; round++)
        {
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => RunThrowing(workers, thrower));
            Assert.Equal($"share {share}", thrown.Message);
            workers.Run(&Count, rounds);
            Assert.Equal([round, round], new Span<int>(rounds, 2).ToArray());
        }
    }

    [Fact]
    public void Two_callers_at_a_time_are_both_served()
    {
        using Workers workers = new(2);
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            int* rounds = stackalloc int[2] { 0, 0 };
            for (int round = 0; round < 500; round++)
                workers.Run(&Count, rounds);
            Assert.Equal([500, 500], new Span<int>(rounds, 2).ToArray());
        });
    }

    [Fact]
    public void Handing_out_work_allocates_nothing()
    {
        using Workers workers = new(2);
        int* rounds = stackalloc int[2] { 0, 0 };
        workers.Run(&Count, rounds);
        long before = GC.GetAllocatedBytesForCurrentThread();
        workers.Run(&Count, rounds);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_dismissed_team_takes_no_work()
    {
        Workers workers = new(2);
        workers.Dispose();
        workers.Dispose();
        Assert.Throws<ObjectDisposedException>(() => workers.Run(&Count, null));
    }

    [Fact]
    public void A_team_of_nobody_is_refused() => Assert.Throws<ArgumentOutOfRangeException>("threads", () => new Workers(0));

    private static void RunThrowing(Workers workers, int thrower) => workers.Run(&Throw, &thrower);

    private static void Count(void* state, int share, int shares) => ((int*)state)[share]++;

    private static void Throw(void* state, int share, int shares)
    {
        if (share == *(int*)state)
            throw new InvalidOperationException($"share {share}");
    }
}
