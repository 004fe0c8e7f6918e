using System.Globalization;
using Helu.Inference;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Onnx.Schema;

namespace Helu.Onnx;

/// <summary>
/// The activations of a model as metadata: <c>helu.kind</c> names them, <c>helu.alpha</c> their parameters. Several are separated by commas, in the order of the first use; one without alpha has an empty place.
/// HeLU that forward writes by hand, as x.helu(), is recorded as the ReLU that it computes.
/// </summary>
internal static class ActivationMetadata
{
    public const string KindKey = "helu.kind";
    public const string AlphaKey = "helu.alpha";

    public static IEnumerable<StringStringEntryProto> Of(IEnumerable<Node> nodes)
    {
        List<(Kind Kind, string Alpha)> found = [.. nodes.OfType<ActivationNode>().Select(Of).OfType<(Kind, string)>().Distinct()];
        if (found.Count == 0)
            return [];
        return
        [
            new() { Key = KindKey, Value = string.Join(',', found.Select(activation => activation.Kind)) },
            new() { Key = AlphaKey, Value = string.Join(',', found.Select(activation => activation.Alpha)) },
        ];
    }

    /// <summary>Null for a function that is no <see cref="Kind"/>.</summary>
    private static (Kind, string)? Of(ActivationNode node) => node switch
    {
        { HeluAlpha: { } alpha } => (Kind.HeLU, alpha.ToString("R", CultureInfo.InvariantCulture)),
        { Activation.Function: ActivationFunction.LeakyReLU } => (Kind.LeakyReLU, Text(node.Activation.Alpha)),
        { Activation.Function: ActivationFunction.ELU } => (Kind.ELU, Text(node.Activation.Alpha)),
        { Activation.Function: ActivationFunction.ReLU } => (Kind.ReLU, ""),
        { Activation.Function: ActivationFunction.GELU } => (Kind.GELU, ""),
        { Activation.Function: ActivationFunction.SiLU } => (Kind.SiLU, ""),
        { Activation.Function: ActivationFunction.Mish } => (Kind.Mish, ""),
        _ => null,
    };

    private static string Text(float alpha) => alpha.ToString("R", CultureInfo.InvariantCulture);
}
