using System.Globalization;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Onnx.Schema;

namespace Helu.Onnx;

/// <summary>
/// The activations of a model as metadata: <c>helu.kind</c> names them, <c>helu.parameters</c> their parameters as <c>name=value</c>, several separated by spaces. Activations are separated by commas, in the order
/// of the first use; one without parameters has an empty place, as PReLU has, whose slopes are weights.
/// </summary>
internal static class ActivationMetadata
{
    public const string KindKey = "helu.kind";
    public const string ParametersKey = "helu.parameters";

    public static IEnumerable<StringStringEntryProto> Of(IEnumerable<Node> nodes)
    {
        List<ActivationSpec> found = [.. nodes.Select(Of).OfType<ActivationSpec>().Distinct()];
        if (found.Count == 0)
            return [];
        return
        [
            new() { Key = KindKey, Value = string.Join(',', found.Select(spec => spec.Kind)) },
            new() { Key = ParametersKey, Value = string.Join(',', found.Select(Parameters)) },
        ];
    }

    /// <summary>As a call: <c>HeLU(alpha=0.05)</c>.</summary>
    public static string Text(ActivationSpec spec) => $"{spec.Kind}({Parameters(spec)})";

    /// <summary>Null for a node that is no activation, or for a function that is no <see cref="Kind"/>.</summary>
    public static ActivationSpec? Of(Node node) => node switch
    {
        ActivationNode activation => activation.Spec,
        PReluNode => new(Kind.PReLU),
        _ => null,
    };

    private static string Parameters(ActivationSpec spec) => spec.Kind == Kind.PReLU
        ? ""
        : string.Join(' ', KindParameters.Of(spec.Kind).Zip(
            KindParameters.Values(spec), (parameter, value) => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={value}")));
}
