using System.Runtime.ExceptionServices;

namespace Helu.Inference.Kernels;

/// <summary>
/// A team of threads that share one piece of work at a time: the caller and <c>threads - 1</c> in the background, which wait for the next piece awake
/// for a moment and asleep after that. Handing out work allocates nothing.
/// </summary>
internal sealed unsafe class Workers : IDisposable
{
    /// <summary>How often a thread looks for work, with a pause each time, before it sleeps: some 50 µs, more than lies between two layers.</summary>
    private const int LooksBeforeSleep = 2000;

    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private delegate*<void*, int, int, void> _work;
    private void* _state;
    private ExceptionDispatchInfo? _failure;
    private int _round;
    private int _asleep;
    private int _unfinished;
    private int _busy;
    private volatile bool _disposed;

    /// <param name="threads">How many work together, the caller among them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = new Thread[threads - 1];
        for (int index = 0; index < _threads.Length; index++)
        {
            int member = index + 1;
            _threads[index] = new(() => Serve(member)) { IsBackground = true, Name = $"HeLU inference {member}" };
            _threads[index].Start();
        }
    }

    /// <summary>How many work together.</summary>
    public int Count => _threads.Length + 1;

    /// <summary>
    /// Calls <c>work(state, member, <see cref="Count"/>)</c> for each member from 0 to Count - 1, each on its own thread, member 0 on the caller's. Returns
    /// when all are done. While the team is at work for another caller, this one does all members' work itself.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The team has been dismissed.</exception>
    /// <exception cref="Exception">What a member's work threw; of several the first.</exception>
    public void Run(delegate*<void*, int, int, void> work, void* state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_threads.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int member = 0; member < Count; member++)
                work(state, member, Count);
            return;
        }

        HandOut(work, state);
        try
        {
            work(state, 0, Count);
        }
        finally
        {
            // The state may stand on this stack, so nobody may be at it when this method is left.
            SpinWait wait = default;
            while (Volatile.Read(ref _unfinished) > 0)
                wait.SpinOnce(sleep1Threshold: -1);
        }

        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        Volatile.Write(ref _busy, 0);
        failure?.Throw();
    }

    /// <summary>Ends the threads. Not to be called while work goes on.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        NextRound();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void HandOut(delegate*<void*, int, int, void> work, void* state)
    {
        _work = work;
        _state = state;
        Volatile.Write(ref _unfinished, _threads.Length);
        NextRound();
    }

    private void NextRound()
    {
        // A thread counts itself asleep before it looks at the round a last time; here it is the other way round: one of the two sees the other.
        Interlocked.Increment(ref _round);
        if (Volatile.Read(ref _asleep) == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void Serve(int member)
    {
        for (int round = 0; ; round++)
        {
            AwaitRoundAfter(round);
            if (_disposed)
                return;
            try
            {
                _work(_state, member, Count);
            }
            catch (Exception exception)
            {
                // Whatever it is, it belongs to the caller, who throws it again.
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }

            Interlocked.Decrement(ref _unfinished);
        }
    }

    private void AwaitRoundAfter(int round)
    {
        for (int look = 0; look < LooksBeforeSleep; look++)
        {
            if (Volatile.Read(ref _round) != round)
                return;
            Thread.SpinWait(1);
        }

        lock (_gate)
        {
            Interlocked.Increment(ref _asleep);
            while (Volatile.Read(ref _round) == round)
                Monitor.Wait(_gate);
            Interlocked.Decrement(ref _asleep);
        }
    }
}
