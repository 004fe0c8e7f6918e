using System.Runtime.ExceptionServices;

namespace Helu.Inference.Kernels;

/// <summary>
/// A team of threads that share one piece of work at a time: the caller and <c>threads - 1</c> in the background, which wait for the next piece awake
/// for a moment and asleep after that. Handing out work allocates nothing. Shares that nobody has begun when the caller is through with its own are the
/// caller's too, so that a busy machine costs no more than the other threads' help.
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
    private int _begun;
    private int _unfinished;
    private int _busy;
    private volatile bool _disposed;

    /// <param name="threads">How many work together, the caller among them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is less than 1.</exception>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Count = _begun = threads;
        _threads = new Thread[threads - 1];
        for (int index = 0; index < _threads.Length; index++)
        {
            _threads[index] = new(Serve) { IsBackground = true, Name = $"HeLU inference {index + 1}" };
            _threads[index].Start();
        }
    }

    /// <summary>How many work together.</summary>
    public int Count { get; }

    /// <summary>
    /// Calls <c>work(state, share, <see cref="Count"/>)</c> for each share from 0 to Count - 1, at the same time where threads are free. Returns when all
    /// are done. While the team is at work for another caller, this one does all shares itself.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The team has been dismissed.</exception>
    /// <exception cref="Exception">What a share's work threw; of several the first.</exception>
    public void Run(delegate*<void*, int, int, void> work, void* state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_threads.Length == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int share = 0; share < Count; share++)
                work(state, share, Count);
            return;
        }

        _work = work;
        _state = state;
        _unfinished = Count;
        Volatile.Write(ref _begun, 0);
        NextRound();
        WorkOnShares();
        SpinWait wait = default;
        while (Volatile.Read(ref _unfinished) > 0)
            wait.SpinOnce(sleep1Threshold: -1);

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

    private void NextRound()
    {
        // A thread counts itself asleep before it looks at the round a last time; here it is the other way round: one of the two sees the other.
        Interlocked.Increment(ref _round);
        if (Volatile.Read(ref _asleep) == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void Serve()
    {
        for (int round = 0; ; round = AwaitRoundAfter(round))
        {
            if (_disposed)
                return;
            WorkOnShares();
        }
    }

    private void WorkOnShares()
    {
        // A share taken belongs to the round at hand, which ends only when it is finished: what to do is read after taking it.
        for (int share; (share = Interlocked.Increment(ref _begun) - 1) < Count; Interlocked.Decrement(ref _unfinished))
        {
            try
            {
                _work(_state, share, Count);
            }
            catch (Exception exception)
            {
                // Whatever it is, it belongs to the caller, who throws it again.
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }
    }

    /// <summary>Waits for a round other than the last one seen, and says which.</summary>
    private int AwaitRoundAfter(int round)
    {
        for (int look = 0; look < LooksBeforeSleep; look++)
        {
            if (Volatile.Read(ref _round) != round)
                return Volatile.Read(ref _round);
            Thread.SpinWait(1);
        }

        lock (_gate)
        {
            Interlocked.Increment(ref _asleep);
            while (Volatile.Read(ref _round) == round)
                Monitor.Wait(_gate);
            Interlocked.Decrement(ref _asleep);
        }

        return Volatile.Read(ref _round);
    }
}
