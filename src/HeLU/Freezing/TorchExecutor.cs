using System.Runtime.InteropServices;
using Helu.Inference;
using Helu.Inference.Execution;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Passes;
using static TorchSharp.torch;

namespace Helu.Freezing;

/// <summary>Runs a frozen model on libtorch: folded, without Dropout, activations in place, every intermediate disposed where it is read last.</summary>
internal sealed class TorchExecutor : IExecutor
{
    private readonly FrozenModel _model;
    private readonly Device _device;
    private readonly Dictionary<long, TorchPlan> _plans = [];

    private TorchExecutor(FrozenModel model, Device device)
    {
        _model = model;
        _device = device;
        _ = PlanFor(1);
    }

    public static Func<FrozenModel, IExecutor> On(Device device) => model => new TorchExecutor(model, device);

    public long[] OutputShape(int batch) => PlanFor(batch).OutputShape;

    /// <summary>Runs on tensors of the model's device. The result is the caller's.</summary>
    public Tensor Run(ReadOnlySpan<Tensor> inputs) => PlanFor(inputs[0].shape[0]).Run(inputs);

    public unsafe void Run(int batch, ReadOnlySpan<nint> inputs, nint output)
    {
        var tensors = new Tensor[inputs.Length];
        try
        {
            for (int i = 0; i < inputs.Length; i++)
                tensors[i] = Copied(inputs[i], [batch, .. _model.InputShapes[i]], _model.Class.IndexInputs[i]);
            using Tensor result = Run(tensors);
            using Tensor local = result.cpu();
            using Tensor contiguous = local.contiguous();
            MemoryMarshal.Cast<byte, float>(contiguous.bytes).CopyTo(new Span<float>((void*)output, checked((int)contiguous.numel())));
        }
        finally
        {
            foreach (Tensor? tensor in tensors)
                tensor?.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (TorchPlan plan in _plans.Values)
            plan.Dispose();
    }

    private unsafe Tensor Copied(nint source, long[] shape, bool isIndex)
    {
        Tensor local = empty(shape, isIndex ? ScalarType.Int64 : ScalarType.Float32);
        Span<byte> bytes = local.bytes;
        new ReadOnlySpan<byte>((void*)source, bytes.Length).CopyTo(bytes);
        if (_device.type == TorchSharp.DeviceType.CPU)
            return local;
        using (local)
            return local.to(_device);
    }

    private TorchPlan PlanFor(long batch)
    {
        if (_plans.TryGetValue(batch, out TorchPlan? plan))
            return plan;
        Graph graph = _model.Record(checked((int)batch));
        Fusion.Apply(graph);
        return _plans[batch] = new TorchPlan(graph, _model.Packed, _device);
    }
}
