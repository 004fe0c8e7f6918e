using Helu.Inference.Graphs;
using Helu.Inference.Tracing;

namespace Helu.Inference;

/// <summary>What a weights file holds.</summary>
/// <param name="Root">The modules with their weights.</param>
/// <param name="Settings">How the forward was recorded.</param>
/// <param name="InputShapes">Null in a plain state dict.</param>
internal sealed record LoadedModel(ModuleNode Root, ForwardSettings Settings, long[][]? InputShapes);
