using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>The tensor that a producer returned last on this thread, if it was fresh. The note keeps no tensor alive.</summary>
internal static class FreshTensor
{
    [ThreadStatic]
    private static WeakReference<Tensor?>? t_noted;

    /// <summary>Notes what a producer returned; null where others may hold it.</summary>
    public static void Note(Tensor? tensor)
    {
        if (t_noted is { } noted)
            noted.SetTarget(tensor);
        else if (tensor is not null)
            t_noted = new(tensor);
    }

    /// <summary>Whether <paramref name="x"/> is the noted tensor, which is forgotten: it is taken once.</summary>
    public static bool Take(Tensor x)
    {
        if (t_noted is not { } noted || !noted.TryGetTarget(out Tensor? tensor))
            return false;
        noted.SetTarget(null);
        return ReferenceEquals(tensor, x);
    }
}
