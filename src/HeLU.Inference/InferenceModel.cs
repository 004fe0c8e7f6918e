using System.Runtime.InteropServices;
using Helu.Inference.Execution;
using Helu.Inference.Graphs;

namespace Helu.Inference;

/// <summary>
/// A trained model's forward without its training: the base of the generated classes. BatchNorm is folded, Dropout gone, activations are
/// part of the layer before them. The batch is told from the length of the inputs; the first run of a batch size makes its plan, later ones allocate nothing
/// (<see cref="Prepare"/> makes it ahead of time).
/// </summary>
/// <remarks>One run at a time: a second thread that calls in is refused with <see cref="InvalidOperationException"/>. Give each thread a <c>Clone()</c>: it shares the weights.</remarks>
public abstract class InferenceModel : IDisposable
{
    private const int MostInputs = 4;

    private readonly FrozenModel _frozen;
    private readonly IExecutor _executor;
    private readonly long[] _sampleLengths;
    private int _isRunning;
    private bool _isDisposed;

    /// <summary>Made by generated code.</summary>
    protected InferenceModel(FrozenModel frozen)
    {
        ArgumentNullException.ThrowIfNull(frozen);
        _frozen = frozen;
        _sampleLengths = [.. frozen.InputShapes.Select(shape => Shapes.Count(shape))];
        _executor = frozen.CreateExecutor();
    }

    /// <summary>Threads that a run uses, the caller's included.</summary>
    public int Threads => _frozen.Options.Threads;

    /// <summary>The shape of one sample of each input, without the batch.</summary>
    public IReadOnlyList<IReadOnlyList<long>> InputShapes => _frozen.InputShapes;

    internal FrozenModel Frozen => _frozen;

    internal IExecutor Executor => _executor;

    /// <summary>The number of floats that a run of <paramref name="batch"/> samples writes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">batch is below 1.</exception>
    public int OutputLength(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        using Turn turn = new(this);
        return checked((int)Shapes.Count(_executor.OutputShape(batch)));
    }

    /// <summary>Makes the plan and the memory for a batch size, so that its first run is as fast as the later ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">batch is below 1.</exception>
    public void Prepare(int batch) => _ = OutputLength(batch);

    /// <summary>
    /// Writes the folded weights and the structure as safetensors, named like the state dict. A file of that name is replaced only when the new one is complete.
    /// </summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path, CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        WeightsFile.Write(path, _frozen, token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the threads.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (disposing)
            _executor.Dispose();
    }

    /// <summary>The same weights for another instance.</summary>
    protected FrozenModel Share() => _frozen;

    /// <summary>Runs the model.</summary>
    /// <exception cref="ArgumentException">An input is no whole number of samples, the inputs differ in their number of samples, or the output has another length than they ask for.</exception>
    /// <exception cref="InvalidOperationException">Another thread runs this instance.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    protected unsafe void Execute(Span<float> output, Input a, Input b = default, Input c = default, Input d = default)
    {
        using Turn turn = new(this);
        int batch = Samples(0, a.Count);
        for (int i = 1; i < _sampleLengths.Length; i++)
        {
            int samples = Samples(i, i == 1 ? b.Count : i == 2 ? c.Count : d.Count);
            if (samples != batch)
                throw new ArgumentException($"{_frozen.Class.Inputs[i]} holds {samples} samples, {_frozen.Class.Inputs[0]} {batch}; expected the same number.", _frozen.Class.Inputs[i]);
        }
        long length = Shapes.Count(_executor.OutputShape(batch));
        if (output.Length != length)
            throw new ArgumentException($"The output holds {output.Length} floats; expected {length} for {batch} samples.", nameof(output));
        fixed (byte* first = a.Bytes, second = b.Bytes, third = c.Bytes, fourth = d.Bytes)
        fixed (float* y = output)
        {
            nint* inputs = stackalloc nint[MostInputs] { (nint)first, (nint)second, (nint)third, (nint)fourth };
            _executor.Run(batch, new ReadOnlySpan<nint>(inputs, _sampleLengths.Length), (nint)y);
        }
    }

    private int Samples(int input, int count)
    {
        long length = _sampleLengths[input];
        if (count > 0 && count % length == 0)
            return (int)(count / length);
        string name = _frozen.Class.Inputs[input];
        throw new ArgumentException(
            $"{name} holds {count} elements; expected a multiple of {length}, 1 or more samples of {Shapes.Text(_frozen.InputShapes[input])}.", name);
    }

    /// <summary>An input's elements: float32, or int64 ids for an embedding.</summary>
    protected readonly ref struct Input
    {
        private Input(ReadOnlySpan<byte> bytes, int count)
        {
            Bytes = bytes;
            Count = count;
        }

        internal ReadOnlySpan<byte> Bytes { get; }

        internal int Count { get; }

        /// <summary>Floats.</summary>
        public static implicit operator Input(ReadOnlySpan<float> floats) => FromFloats(floats);

        /// <summary>Ids.</summary>
        public static implicit operator Input(ReadOnlySpan<long> ids) => FromIds(ids);

        /// <summary>Floats.</summary>
        public static Input FromFloats(ReadOnlySpan<float> floats) => new(MemoryMarshal.AsBytes(floats), floats.Length);

        /// <summary>Ids.</summary>
        public static Input FromIds(ReadOnlySpan<long> ids) => new(MemoryMarshal.AsBytes(ids), ids.Length);
    }

    /// <summary>Keeps a second thread out while one runs.</summary>
    internal readonly ref struct Turn
    {
        private readonly InferenceModel _model;

        public Turn(InferenceModel model)
        {
            ObjectDisposedException.ThrowIf(model._isDisposed, model);
            if (Interlocked.Exchange(ref model._isRunning, 1) != 0)
                throw new InvalidOperationException($"Another thread runs this {model.GetType().Name}; give each thread its own Clone(), which shares the weights.");
            _model = model;
        }

        public void Dispose() => Volatile.Write(ref _model._isRunning, 0);
    }
}
