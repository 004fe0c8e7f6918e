using System.Globalization;
using Helu.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

/// <summary>HeLU against ReLU and against a custom autograd function.</summary>
internal static class HeluRatios
{
    private const double Alpha = 0.05;
    private static readonly long[] s_sizes = [4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

    public static IEnumerable<Ratio> All()
    {
        foreach (long size in s_sizes)
        {
            string n = size.ToString(CultureInfo.InvariantCulture);
            yield return new("helu.forward-backward." + n, "helu", "relu", () => ForwardBackward(size, x => x.helu(Alpha), x => x.relu()));
            yield return new("helu.vs-function." + n, "helu", "SingleTensorFunction", () => ForwardBackward(size, x => x.helu(Alpha), x => HeluFunction.apply(x, Alpha)));
            yield return new("helu.in-place." + n, "helu_", "relu_", () => ForwardBackward(size, x => (x * 1).helu_(Alpha), x => (x * 1).relu_()));
            yield return new("helu.no-grad." + n, "helu", "relu", () => NoGrad(size));
        }
        foreach ((long batch, long inputs, long outputs) in new[] { (64L, 128L, 128L), (128L, 784L, 512L), (512L, 1024L, 1024L) })
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"linear-helu.{batch}x{inputs}x{outputs}");
            yield return new(name, "Linear+HeLU", "Linear+ReLU", () => Linear(batch, inputs, outputs));
        }
    }

    private static Pair ForwardBackward(long size, Func<Tensor, Tensor> a, Func<Tensor, Tensor> b)
    {
        Tensor x = randn(size, generator: Seeded()).requires_grad_();
        Tensor gradient = randn(size, generator: Seeded());
        return new(() => Step(a), () => Step(b), Release);

        void Step(Func<Tensor, Tensor> activation)
        {
            using (NewDisposeScope())
                activation(x).backward([gradient]);
            x.grad?.Dispose();
            x.grad = null!;
        }

        void Release()
        {
            x.Dispose();
            gradient.Dispose();
        }
    }

    private static Pair NoGrad(long size)
    {
        Tensor x = randn(size, generator: Seeded());
        return new(() => Run(t => t.helu(Alpha)), () => Run(t => t.relu()), x.Dispose);

        void Run(Func<Tensor, Tensor> activation)
        {
            using (no_grad())
                activation(x).Dispose();
        }
    }

    private static Pair Linear(long batch, long inputs, long outputs)
    {
        Tensor x = randn([batch, inputs], generator: Seeded());
        Tensor gradient = randn([batch, outputs], generator: Seeded());
        TorchSharp.Modules.Linear layer = nn.Linear(inputs, outputs);
        return new(() => Step(t => t.helu(Alpha)), () => Step(t => t.relu()), Release);

        void Step(Func<Tensor, Tensor> activation)
        {
            using (NewDisposeScope())
                activation(layer.call(x)).backward([gradient]);
            layer.zero_grad();
        }

        void Release()
        {
            x.Dispose();
            gradient.Dispose();
            layer.Dispose();
        }
    }

    private static Generator Seeded() => new(20241118);
}
