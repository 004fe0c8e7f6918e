using Helu.Benchmarks.Models;

namespace Helu.Benchmarks.Ratios;

/// <summary>What a ReLU's zeros save: a ReLU and a Linear layer on an input of which the ReLU lets 30 % through, against the Linear layer alone, which skips none.</summary>
internal sealed class SparseLinear : IComparisonGroup
{
    private const string Name = "infer.linear1024.zeros70";
    private const double Zeros = .7;

    public IEnumerable<Comparison> Comparisons => [new(Name, "relu+linear on 70 % zeros", "linear on dense input", Prepare)];

    private static Contestants Prepare()
    {
        var sparse = new InferenceCase(InferenceSubject.Linear(after_relu: true), batch: 1);
        var dense = new InferenceCase(InferenceSubject.Linear(after_relu: false), batch: 1);
        Agreement.Check(Name, ("the layer alone", dense.FrozenOutput()), ("TorchSharp", dense.TorchOutput()));
        float[] magnitudes = [.. dense.Input.Select(MathF.Abs)];
        magnitudes.CopyTo(sparse.Input, 0);
        foreach (int i in Scattered(magnitudes.Length))
            sparse.Input[i] *= -1;

        sparse.Input.Select(x => MathF.Max(0, x)).ToArray().CopyTo(dense.Input, 0);
        Agreement.Check(Name, ("the layer behind a ReLU", sparse.FrozenOutput()), ("the layer alone", dense.FrozenOutput()));
        magnitudes.CopyTo(dense.Input, 0);
        return new Contestants(sparse.RunFrozen, dense.RunFrozen, sparse, dense);
    }

    /// <summary>The places of the zeros.</summary>
    private static int[] Scattered(int length)
    {
        int[] places = [.. Enumerable.Range(0, length)];
        new Random(1).Shuffle(places);
        return places[..(int)(Zeros * length)];
    }
}
