namespace Dying.Measuring;

/// <summary>A network on the held-out inputs, weights at rest.</summary>
/// <param name="Units">All units that are followed by an activation.</param>
/// <param name="Dead">Of these, the ones whose pre-activation is above 0 for no input.</param>
/// <param name="Near">Of the dead, the ones whose pre-activation comes within the asked reach of 0 for some input.</param>
/// <param name="Silent">A whole activation layer gives 0 for every input: the network's output is a constant, and no layer before it gets a gradient.</param>
internal readonly record struct NetworkState(int Units, int Dead, int Near, bool Silent)
{
    /// <summary>0 to 1.</summary>
    public double DeadShare => Dead / (double)Units;
}
