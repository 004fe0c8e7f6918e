using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Tracing;

namespace Helu.Training;

/// <summary>Names the activations of a forward: by their module, or by the module whose output they take; the second of one name gets a number.</summary>
internal sealed class Labels
{
    private readonly Dictionary<string, int> _count = new(StringComparer.Ordinal);

    public string Of(ModuleNode activation) => Unique(activation.Path);

    public string OfCall(Value x) => Unique(x.Producer is ModuleCallNode producer ? producer.Module.Path : "relu");

    private string Unique(string name)
    {
        int number = _count[name] = _count.GetValueOrDefault(name) + 1;
        return number == 1 ? name : $"{name}#{number}";
    }
}
