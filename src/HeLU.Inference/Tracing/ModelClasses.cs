using System.Collections.Concurrent;
using System.ComponentModel;

namespace Helu.Inference.Tracing;

/// <summary>The model classes that generated code has registered.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelClasses
{
    private static readonly ConcurrentDictionary<string, ModelClass> s_byName = new(StringComparer.Ordinal);

    /// <summary>Called when the assembly of the class is loaded.</summary>
    public static void Add(ModelClass model) => s_byName[model.TypeName] = model;

    internal static ModelClass? Find(string typeName) => s_byName.GetValueOrDefault(typeName);
}
