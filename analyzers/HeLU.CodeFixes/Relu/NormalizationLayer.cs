namespace Helu.CodeFixes.Relu;

/// <summary>A normalisation to insert.</summary>
/// <param name="Type">The name of its class and factory: BatchNorm1d, LayerNorm, ...</param>
/// <param name="Features">The width of its input.</param>
internal sealed record NormalizationLayer(string Type, string Features)
{
    public string Code => $"{Type}({Features})";
}
