using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Analyzers.Evidence.Measuring;

/// <summary>What one network does on its data.</summary>
/// <param name="Relus">Its ReLUs in the order in which they run.</param>
/// <param name="IsAllDead">A ReLU layer is dead as a whole and the output is the same for all samples.</param>
/// <param name="HasDiverged">The output is not finite. Units that are NaN do not fire.</param>
internal sealed record NetworkState(IReadOnlyList<ReluUnits> Relus, bool IsAllDead, bool HasDiverged)
{
    private const double SameOutput = 1e-6;

    /// <summary>Runs a network of a program on all its data, in training mode, where batch normalisation uses the batch; dropout is off.</summary>
    public static NetworkState Of(CaseProgram program, int seed, int steps)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(seed);
        (nn.Module<Tensor, Tensor> model, Tensor x) = program.Run(steps);
        using IDisposable noGradients = no_grad();
        model.train();
        foreach (nn.Module dropout in model.modules().Where(module => module is Dropout or Dropout2d))
            dropout.eval();
        var relus = new List<ReluUnits>();
        program.Observe((line, output) => relus.Add(Count(line, relus.Count(relu => relu.Line == line), output)));
        Tensor y = model.call(x);
        program.Observe(null);
        bool diverged = !y.isfinite().all().item<bool>();
        bool constant = diverged || (y - y[..1]).abs().max().item<float>() <= SameOutput * y.abs().max().item<float>();
        return new(relus, constant && relus.Exists(relu => relu.Dead == relu.Units), diverged);
    }

    /// <summary>The unit's dimension is the second, [N, C], [N, C, L] or [N, C, H, W].</summary>
    private static ReluUnits Count(int line, int call, Tensor output)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor highest = output.amax([.. Enumerable.Range(0, (int)output.dim()).Where(dimension => dimension != 1).Select(dimension => (long)dimension)]);
        return new(line, call, highest.numel(), highest.numel() - (highest > 0).sum().item<long>());
    }
}
