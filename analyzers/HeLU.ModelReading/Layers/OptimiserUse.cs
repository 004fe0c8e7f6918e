using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>The construction of an optimiser over the parameters of modules that are known.</summary>
/// <param name="Name">The factory in <c>torch.optim</c>: <c>SGD</c>, <c>Adam</c>.</param>
/// <param name="Models">What is known of the models that it trains: each with its forward run on an input.</param>
/// <param name="Trained">The modules whose parameters it is given; of a model that is trained in part, the others keep theirs.</param>
/// <param name="Arguments">Its arguments by parameter name, defaults included (<c>learningRate</c>, <c>lr</c>, <c>momentum</c>, <c>weight_decay</c>).</param>
/// <param name="Nodes">The expressions of the arguments that are written, by parameter name.</param>
/// <param name="Node">The construction.</param>
internal sealed record OptimiserUse(
    string Name,
    IReadOnlyList<TracedModel> Models,
    IReadOnlyCollection<TracedModule> Trained,
    IReadOnlyDictionary<string, Value> Arguments,
    IReadOnlyDictionary<string, SyntaxNode> Nodes,
    SyntaxNode Node);
