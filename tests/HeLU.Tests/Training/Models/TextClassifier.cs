using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training.Models;

/// <summary>Two inputs, an embedding, means and permutations.</summary>
[Activation(Kind.GELU)]
internal sealed partial class TextClassifier : Module<Tensor, Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(10, 6);
    private readonly Conv1d conv = Conv1d(6, 4, 3, padding: 1);
    private readonly LayerNorm norm = LayerNorm(4);
    private readonly Linear fc = Linear(4 + 2, 3);

    public TextClassifier()
        : base(nameof(TextClassifier)) => RegisterComponents();

    public override Tensor forward(Tensor ids, Tensor extra)
    {
        Tensor x = embedding.call(ids).transpose(1, 2);
        x = functional.relu(conv.call(x)).permute(0, 2, 1);
        x = norm.call(x).mean([1]);
        return fc.call(cat([x, extra.pow(2) * 0.1 - 0.3], 1));
    }
}
