using Helu.Benchmarks.Models;
using Helu.Inference;
using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Benchmarks.Ratios;

/// <summary>What each kind, with its default parameters, costs at inference relative to ReLU: the activation alone, and fused into the layers of an MLP. Kinds that run as ReLU, and PReLU, which runs as LeakyReLU, are left out.</summary>
internal sealed class KindCost : IComparisonGroup
{
    private const int Floats = 65_536;
    private const int Batch = 64;

    private static readonly InferenceSubject s_mlp = InferenceSubject.All.Single(subject => subject.Name == "mlp784");

    private static readonly Kind[] s_kinds = [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.PReLU && Of(kind).Function != ActivationFunction.ReLU)];

    public IEnumerable<Comparison> Comparisons =>
    [
        .. s_kinds.Where(kind => kind != Kind.Identity).Select(kind => new Comparison($"kinds.kernel.64k.{kind}", $"{kind}", "ReLU", () => Kernel(Of(kind)))),
        .. s_kinds.Select(Fused),
    ];

    private static Epilogue Of(Kind kind) => KindEpilogue.Of(KindParameters.Default(kind));

    private static unsafe Contestants Kernel(Epilogue activation)
    {
        var random = new Random(1);
        AlignedBuffer x = new(Floats), y = new(Floats);
        foreach (ref float value in x.Span)
            value = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return new Contestants(() => Run(activation), () => Run(new Epilogue(ActivationFunction.ReLU)));

        void Run(in Epilogue epilogue)
        {
            ActivationKernel.Run(x.Pointer, y.Pointer, Floats, epilogue, SimdWidths.Best);
            GC.KeepAlive(x);
            GC.KeepAlive(y);
        }
    }

    private static Comparison Fused(Kind kind)
    {
        string name = $"kinds.mlp784.b{Batch}.{kind}";
        return new(name, $"MLP with {kind}", "MLP with ReLU", () => Mlp(name, kind));
    }

    private static Contestants Mlp(string name, Kind kind)
    {
        InferenceCase ours = Frozen(name, kind), relu = Frozen(name, Kind.ReLU);
        return new Contestants(ours.RunFrozen, relu.RunFrozen, ours, relu);
    }

    private static InferenceCase Frozen(string name, Kind kind)
    {
        using IDisposable swap = Activation.Override(kind);
        var measured = new InferenceCase(s_mlp, Batch);
        Agreement.Check(name, ("frozen", measured.FrozenOutput()), ("TorchSharp", measured.TorchOutput()));
        return measured;
    }
}
