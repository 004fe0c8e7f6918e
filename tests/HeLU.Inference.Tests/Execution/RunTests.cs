using Helu.Inference.Tests.Harness;
using Helu.Inference.Tracing;

namespace Helu.Inference.Tests.Execution;

public class RunTests
{
    [Fact]
    public void TheBatchIsToldFromTheLength()
    {
        using TestModel model = Sum();

        Assert.Equal([3f], model.Run(1, 2));
        Assert.Equal([3f, 7f, 11f], model.Run(1, 2, 3, 4, 5, 6));
        Assert.Equal([3f], model.Run(1, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void AnInputThatIsNoWholeNumberOfSamplesIsRefused(int length)
    {
        using TestModel model = Sum();

        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Run(new float[length], new float[1]));

        Assert.StartsWith($"x0 holds {length} elements; expected a multiple of 2, 1 or more samples of [2].", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnOutputOfAnotherLengthIsRefused(int length)
    {
        using TestModel model = Sum();

        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Run(new float[4], new float[length]));

        Assert.StartsWith($"The output holds {length} floats; expected 2 for 2 samples.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InputsOfDifferentBatchesAreRefused()
    {
        using TestModel model = TestModel.Create((_, x) => Ops.add(x[0], x[1]), new InferenceOptions { InputShapes = [[2], [2]] });
        var output = new float[4];

        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Run(new float[4], new float[2], output));

        Assert.StartsWith("x1 holds 1 samples, x0 2; expected the same number.", e.Message, StringComparison.Ordinal);
        model.Run([1, 2, 3, 4], [10, 20, 30, 40], output);
        Assert.Equal([11f, 22f, 33f, 44f], output);
    }

    [Fact]
    public void ARunAllocatesNothing()
    {
        using TestModel model = Mlp();
        float[] input = SeededWeights.Floats(1, 4 * 16), output = new float[4 * 3];
        model.Run(input, output);
        model.Run(input, output);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            model.Run(input, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void PrepareMakesTheFirstRunOfABatchAllocateNothing()
    {
        using TestModel model = Mlp();
        float[] input = SeededWeights.Floats(1, 5 * 16), output = new float[5 * 3];
        model.Run(input.AsSpan(0, 16), output.AsSpan(0, 3));
        model.Prepare(5);

        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Run(input, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ASecondThreadIsRefusedWhileOneRuns()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        bool isBlocking = false;
        using TestModel model = TestModel.Create(
            (_, x) =>
            {
                // Recording happens inside of the first run of a batch size: it holds the run there.
                if (isBlocking)
                {
                    entered.Set();
                    leave.Wait(TimeSpan.FromSeconds(30));
                }
                return Ops.mul(x[0], 2);
            },
            [1]);
        isBlocking = true;
        var first = new Thread(() => model.Run(new float[3], new float[3]));
        first.Start();
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => model.Run(new float[1], new float[1]));

        Assert.Contains("Clone()", e.Message, StringComparison.Ordinal);
        leave.Set();
        first.Join();
        Assert.Equal([4f], model.Run(2));
    }

    [Fact]
    public void ClonesRunAtTheSameTime()
    {
        using TestModel model = Mlp();
        float[] input = SeededWeights.Floats(7, 8 * 16), expected = model.Run(input);

        Parallel.For(0, 4, _ =>
        {
            using TestModel clone = model.Clone();
            for (int i = 0; i < 200; i++)
                Assert.Equal(expected, clone.Run(input));
        });
    }

    [Fact]
    public void ADisposedModelSaysSo()
    {
        TestModel model = Sum();
        model.Dispose();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Run(1, 2));
    }

    [Fact]
    public void ManyBatchSizesDoNotKeepAllPlans()
    {
        using TestModel model = Sum();

        for (int batch = 1; batch <= 200; batch++)
            Assert.Equal(Enumerable.Repeat(3f, batch), model.Run([.. Enumerable.Repeat<float[]>([1, 2], batch).SelectMany(sample => sample)]));
    }

    [Fact]
    public void AnInputThatIsTheOutputIsCopied()
    {
        using TestModel model = TestModel.Create((_, x) => Ops.reshape(x[0], -1, 2, 2), [4]);

        Assert.Equal([1f, 2f, 3f, 4f], model.Run(1, 2, 3, 4));
    }

    private static TestModel Sum() => TestModel.Create((_, x) => Ops.sum(x[0], [1], keepdim: false), [2]);

    private static TestModel Mlp() => TestModel.Create(
        (self, x) => self.module("fc2").call(Ops.relu(self.module("fc1").call(x[0]), new ActivationSpec(Kind.HeLU, 0.05))),
        [16],
        ("fc1", Structure.Linear(16, 32).Seeded(1)),
        ("fc2", Structure.Linear(32, 3).Seeded(2)));
}
