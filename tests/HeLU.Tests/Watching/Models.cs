using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Watching;

/// <summary>Models whose units are dead, alive or within reach by construction.</summary>
internal static class Models
{
    /// <summary>Inputs [2, 1] of -1 and 2.</summary>
    public static Tensor MinusOneAndTwo => tensor(new float[] { -1, 2 }, [2, 1]);

    /// <summary>
    /// Five units w x + b before <paramref name="activation"/>, one after the other. For x of -1 and 2 they are
    /// {-1, 2}, {1, -2}, {-3, 0}, {-0.04, -0.04} and {-1, -1}.
    /// </summary>
    public static Sequential FiveUnits(Module<Tensor, Tensor> activation) => Sequential(("hidden", Linear(1, [(1, 0), (-1, 0), (1, -2), (0, -0.04f), (0, -1)])), ("act", activation));

    /// <summary>A Linear layer of one input with a weight and a bias for each unit.</summary>
    public static Linear Linear(long inputs, (float Weight, float Bias)[] units)
    {
        Linear layer = nn.Linear(inputs, units.Length);
        using (no_grad())
        {
            layer.weight.copy_(tensor([.. units.Select(unit => unit.Weight)], [units.Length, 1]));
            layer.bias!.copy_(tensor([.. units.Select(unit => unit.Bias)]));
        }
        return layer;
    }
}
