namespace Helu.ModelReading.Forward;

/// <summary>A type that a model class stands in.</summary>
/// <param name="Keyword">How it is declared: class, struct, record, record struct, interface.</param>
/// <param name="Name">Its name.</param>
/// <param name="TypeParameters">The names of its type parameters.</param>
internal sealed record ContainingType(string Keyword, string Name, EquatableArray<string> TypeParameters);
