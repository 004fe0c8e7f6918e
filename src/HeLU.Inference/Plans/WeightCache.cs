namespace Helu.Inference.Plans;

/// <summary>Weights in the layouts that kernels want, packed once for all plans and clones of a model.</summary>
internal sealed class WeightCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(object Owner, object Layout), object> _packed = [];

    /// <summary>The packed form of <paramref name="owner"/>'s weights (a module or a weight) in a layout; made where there is none yet.</summary>
    public T Get<T>(object owner, object layout, Func<T> pack)
        where T : class
    {
        lock (_lock)
        {
            if (!_packed.TryGetValue((owner, layout), out object? packed))
                _packed[(owner, layout)] = packed = pack();
            return (T)packed;
        }
    }
}
