using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>How a model class is constructed, as far as all constructions that are seen agree.</summary>
/// <param name="Constructor">The constructor; null for the one that the compiler adds, or where several are used.</param>
/// <param name="Arguments">Its arguments by ordinal; <see cref="Value.None"/> where none is seen or they differ.</param>
internal sealed record Construction(IMethodSymbol? Constructor, IReadOnlyList<Value> Arguments);
