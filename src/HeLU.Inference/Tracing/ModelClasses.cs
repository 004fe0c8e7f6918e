using System.Collections.Concurrent;
using System.ComponentModel;

namespace Helu.Inference.Tracing;

/// <summary>The model classes that generated code has registered.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelClasses
{
    private static readonly ConcurrentDictionary<string, ModelClass> s_byName = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, ModelClass> s_training = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> s_alike = new(StringComparer.Ordinal);

    /// <summary>Called when the assembly of the class is loaded.</summary>
    public static void Add(ModelClass model) => s_byName[model.TypeName] = model;

    /// <summary>Called for a class that computes something else in training than at inference.</summary>
    public static void AddTraining(ModelClass model) => s_training[model.TypeName] = model;

    /// <summary>Called for a class whose forward is the same in training as at inference.</summary>
    public static void TrainsAsInferred(string typeName) => s_alike[typeName] = true;

    /// <summary>What a class computes in training; null where that is not known.</summary>
    internal static ModelClass? FindTraining(string typeName) =>
        s_training.GetValueOrDefault(typeName) ?? (s_alike.ContainsKey(typeName) ? Find(typeName) : null);

    internal static ModelClass? Find(string typeName) => s_byName.GetValueOrDefault(typeName);
}
