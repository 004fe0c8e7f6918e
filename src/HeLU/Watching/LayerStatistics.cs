using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Watching;

/// <summary>
/// What is known of the units of one layer so far in a window. It stays on the device of the activations until <see cref="Read"/>: adding to it waits for nothing.
/// </summary>
/// <remarks>
/// Comparisons write 0 and 1 in the activation's own floating-point type: comparing into bool and counting it costs libtorch three to ten times as much on a CPU.
/// Must be called under no_grad.
/// </remarks>
internal sealed class LayerStatistics(string activation, double alpha) : IDisposable
{
    /// <summary>From here on float32 no longer counts in steps of 1.</summary>
    private const long ExactInFloat32 = 1L << 24;

    private static readonly Scalar s_zero = 0.0;

    private Tensor? _highest;
    private Tensor? _inputsFired;
    private Tensor? _outputsNotZero;
    private Tensor? _outputSum;
    private double _minusAlpha;
    private long _inputs;
    private long _outputs;

    /// <summary>Whether its window ended.</summary>
    public bool IsDisposed { get; private set; }

    /// <param name="x">Pre-activations.</param>
    /// <param name="layout">Of x.</param>
    public void AddInput(Tensor x, in UnitLayout layout)
    {
        using DisposeScope scope = NewDisposeScope();
        // HeLU compares in float64 for float64 and in float32 for the narrower types.
        _minusAlpha = x.dtype == ScalarType.Float64 ? -alpha : -(float)alpha;
        bool isMap = layout.PositionDimensions.Length > 0;
        Tensor perInput = isMap ? x.amax(layout.PositionDimensions) : x;
        Tensor highest = layout.InputDimensions.Length > 0 ? perInput.amax(layout.InputDimensions) : perInput;
        Tensor fired = (isMap && !ReferenceEquals(highest, perInput) ? perInput : perInput.clone()).gt_(s_zero);
        Keep(ref _highest, _highest is null ? highest.to(ScalarType.Float64, copy: true) : _highest.to(x.device).maximum(highest));
        Add(ref _inputsFired, Sum(fired, layout.InputDimensions, layout.Inputs));
        _inputs += layout.Inputs;
    }

    /// <param name="y">Outputs.</param>
    /// <param name="layout">Of y.</param>
    public void AddOutput(Tensor y, in UnitLayout layout)
    {
        using DisposeScope scope = NewDisposeScope();
        long outputs = layout.Inputs * layout.Positions;
        Add(ref _outputSum, Sum(y, layout.AllButUnits, outputs));
        Add(ref _outputsNotZero, Sum(y.clone().ne_(s_zero), layout.AllButUnits, outputs));
        _outputs += outputs;
    }

    /// <summary>Waits for the device and brings the numbers to the host; null where a forward ended between input and output and no other completed.</summary>
    public LayerActivity? Read(string layer)
    {
        if (_highest is null || _inputsFired is null || _outputSum is null || _outputsNotZero is null)
            return null;
        using DisposeScope scope = NewDisposeScope();
        Tensor all = stack([_highest, _inputsFired.to(_highest.device), _outputsNotZero.to(_highest.device), _outputSum.to(_highest.device)]).cpu();
        double[] values = all.data<double>().ToArray();
        int units = values.Length / 4;
        var read = new UnitActivity[units];
        for (int i = 0; i < units; i++)
        {
            double highest = values[i];
            read[i] = new(
                highest,
                1 - values[units + i] / _inputs,
                1 - values[2 * units + i] / _outputs,
                values[3 * units + i] / _outputs,
                highest <= 0 && highest > _minusAlpha);
        }
        return new(layer, activation, alpha, _inputs, read);
    }

    public void Dispose()
    {
        IsDisposed = true;
        _highest?.Dispose();
        _inputsFired?.Dispose();
        _outputsNotZero?.Dispose();
        _outputSum?.Dispose();
    }

    /// <param name="values">Floating point.</param>
    /// <param name="dimensions">What is added up.</param>
    /// <param name="count">How many values make one sum.</param>
    private static Tensor Sum(Tensor values, long[] dimensions, long count)
    {
        if (dimensions.Length == 0)
            return values;
        ScalarType? type = values.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? ScalarType.Float32 : null;
        return values.sum(dimensions, type: count > ExactInFloat32 ? ScalarType.Float64 : type);
    }

    private static void Add(ref Tensor? total, Tensor part) =>
        Keep(ref total, total is null ? part.to(ScalarType.Float64, copy: true) : total.to(part.device).add(part));

    private static void Keep(ref Tensor? kept, Tensor value)
    {
        kept?.Dispose();
        kept = value.DetachFromDisposeScope();
    }
}
