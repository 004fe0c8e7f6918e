using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Rows of a table by int64 ids: [...] to [..., embedding_dim].</summary>
internal sealed class EmbeddingNode(ModuleNode module, Value ids) : Node([.. ids.shape, module.Attribute<long>("embedding_dim")], ids)
{
    public ModuleNode Module { get; } = module;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot ids = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output), table = builder.Constant(Module.Weights["weight"]);
        int count = (int)Inputs[0].numel, rows = (int)Module.Attribute<long>("num_embeddings"), length = (int)Module.Attribute<long>("embedding_dim");
        return (in RunState s) => EmbeddingKernel.Run(s.Ids(ids), count, s.At(table), rows, length, s.At(y));
    }
}
