using System.Collections.Concurrent;
using TorchSharp;

namespace Helu.Activations;

/// <summary>Numbers as libtorch takes them, made once. They belong to the cache: never dispose one.</summary>
internal static class Scalars
{
    /// <summary>A parameter that a schedule changes step by step must not fill the memory: beyond this many numbers the rest is left to the collector.</summary>
    private const int Most = 1024;

    private static readonly ConcurrentDictionary<double, Scalar> s_known = new();

    /// <summary>Of 0.</summary>
    public static Scalar Zero { get; } = Of(0);

    /// <summary>Of 1.</summary>
    public static Scalar One { get; } = Of(1);

    /// <summary>Of any number. Safe on every thread.</summary>
    public static Scalar Of(double value)
    {
        if (s_known.TryGetValue(value, out Scalar? known))
            return known;
        Scalar made = value;
        return s_known.Count < Most ? s_known.GetOrAdd(value, made) : made;
    }
}
