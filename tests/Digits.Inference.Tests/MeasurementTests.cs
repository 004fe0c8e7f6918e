using Digits.Data;
using Digits.Models;
using Helu.Inference;

namespace Digits.Inference.Tests;

public sealed class MeasurementTests
{
    [Fact]
    public void A_cancelled_measurement_throws()
    {
        using LeNetInference model = Model();
        var measurement = new Measurement(model, Digits(), new CancellationToken(canceled: true));

        Assert.Throws<OperationCanceledException>(() => measurement.Accuracy());
        Assert.Throws<OperationCanceledException>(() => measurement.Latencies());
        Assert.Throws<OperationCanceledException>(() => measurement.ImagesPerSecond(2));
    }

    [Fact]
    public void Latencies_ascend_and_are_above_0()
    {
        using LeNetInference model = Model();
        double[] latencies = new Measurement(model, Digits(), CancellationToken.None).Latencies();
        Assert.True(latencies[0] > 0);
        Assert.Equal(latencies.Order(), latencies);
    }

    private static LeNetInference Model() =>
        LeNetInference.Load(Path.Combine(AppContext.BaseDirectory, "Trained", "lenet.safetensors"), new InferenceOptions { InputShapes = [[1, 28, 28]] });

    private static IdxDigits Digits() => new(new byte[3 * 28 * 28], [0, 1, 2]);
}
