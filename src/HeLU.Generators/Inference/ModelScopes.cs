using Helu.ModelReading;
using Helu.ModelReading.Forward;

namespace Helu.Generators.Inference;

/// <summary>The namespace and the types around a model, opened for what is generated there; they are closed when this is disposed.</summary>
internal sealed class ModelScopes : IDisposable
{
    private readonly Stack<CodeText.Scope> _open = new();

    public ModelScopes(CodeText text, ModelDeclaration declaration)
    {
        if (declaration.Namespace.Length > 0)
            _open.Push(text.Block("namespace " + declaration.Namespace));
        foreach (ContainingType container in declaration.Containers)
            _open.Push(text.Block($"partial {container.Keyword} {Identifiers.Escaped(container.Name)}{TypeParameters(container.TypeParameters)}"));
    }

    /// <summary>Type parameters as C# writes them; nothing where there are none.</summary>
    public static string TypeParameters(EquatableArray<string> names) => names.Count == 0 ? "" : $"<{string.Join(", ", names.Select(Identifiers.Escaped))}>";

    public void Dispose()
    {
        while (_open.Count > 0)
            _open.Pop().Dispose();
    }
}
