using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Passes;
using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;

namespace Helu.Inference.Execution;

/// <summary>Runs plans, one for each batch size, in one arena that the largest of them fits into.</summary>
internal sealed class ManagedExecutor : IExecutor
{
    /// <summary>A server sees a few batch sizes; one that sees ever new ones must not keep all their plans.</summary>
    private const int MostPlans = 64;

    private readonly FrozenModel _model;
    private readonly Workers? _workers;
    private readonly Dictionary<int, Plan> _plans = [];
    private AlignedBuffer _arena = new(0);
    private Plan? _plan;
    private int _batch;

    private ManagedExecutor(FrozenModel model)
    {
        _model = model;
        _workers = model.Options.Threads > 1 ? new Workers(model.Options.Threads) : null;
        _ = PlanFor(1);
    }

    public static IExecutor Create(FrozenModel model) => new ManagedExecutor(model);

    public long[] OutputShape(int batch) => PlanFor(batch).OutputShape;

    public void Run(int batch, ReadOnlySpan<nint> inputs, nint output) => PlanFor(batch).Run(_arena, inputs, output, _workers);

    public void Dispose() => _workers?.Dispose();

    private Plan PlanFor(int batch)
    {
        if (_plan is not null && _batch == batch)
            return _plan;
        if (!_plans.TryGetValue(batch, out Plan? plan))
            plan = Add(batch);
        (_plan, _batch) = (plan, batch);
        return plan;
    }

    private Plan Add(int batch)
    {
        Graph graph = _model.Record(batch);
        Fusion.Apply(graph);
        Plan plan = new PlanBuilder(graph, _model.Packed, SimdWidths.Best).Build();
        if (plan.ArenaLength > _arena.Length)
            _arena = new AlignedBuffer(plan.ArenaLength);
        if (_plans.Count == MostPlans)
            _plans.Clear();
        _plans[batch] = plan;
        return plan;
    }
}
