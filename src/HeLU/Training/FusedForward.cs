using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>The fused forward of one model, recorded once for each shape of its inputs.</summary>
/// <param name="model">The model.</param>
internal sealed class FusedForward(nn.Module model)
{
    /// <summary>A training loop has one shape, and another for the last batch; a model of sequences has some lengths.</summary>
    private const int MostPlans = 16;

    private readonly Lock _lock = new();
    private readonly List<(PlanKey Key, TrainingPlan Plan)> _latestFirst = [];
    private LiveModel _live = new(model);

    /// <summary>The forward for these inputs; null where the model's own forward has to run.</summary>
    /// <exception cref="ArgumentException">A shape does not fit the model.</exception>
    /// <exception cref="NotSupportedException">The forward runs a module, or writes into a view, in a way that can't be fused.</exception>
    public TrainingPlan? PlanFor(ReadOnlySpan<Tensor> inputs)
    {
        lock (_lock)
        {
            if (!_live.IsCurrent)
            {
                _live = new(model);
                _latestFirst.Clear();
            }
            return _live.IsFusable ? Known(inputs) ?? Record(inputs) : null;
        }
    }

    private TrainingPlan? Known(ReadOnlySpan<Tensor> inputs)
    {
        ActivationSpec? overridden = Activation.Overridden;
        for (int i = 0; i < _latestFirst.Count; i++)
        {
            (PlanKey Key, TrainingPlan Plan) known = _latestFirst[i];
            if (!known.Key.IsOf(inputs, overridden))
                continue;
            if (i > 0)
            {
                _latestFirst.RemoveAt(i);
                _latestFirst.Insert(0, known);
            }
            return known.Plan;
        }
        return null;
    }

    private TrainingPlan Record(ReadOnlySpan<Tensor> inputs)
    {
        var key = PlanKey.Of(inputs, Activation.Overridden);
        var plan = new TrainingPlan(_live, _live.Record(key.Shapes, key.Override));
        _latestFirst.Insert(0, (key, plan));
        if (_latestFirst.Count > MostPlans)
            _latestFirst.RemoveAt(MostPlans);
        return plan;
    }
}
