namespace Helu.CodeFixes.Relu;

/// <summary>A kind of layer with weights.</summary>
/// <param name="Type">The name of its class and factory: Linear, Conv2d, ...</param>
/// <param name="HasBias">Whether each layer of the kind surely has a bias.</param>
internal sealed record WeightLayer(string Type, bool HasBias);
