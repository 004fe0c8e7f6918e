using System.Diagnostics;
using Digits.Data;
using Digits.Models;

namespace Digits.Inference;

/// <summary>What a model gets right, and how fast it is.</summary>
internal sealed class Measurement
{
    private const int Classes = 10;
    private const int Pixels = IdxDigits.Side * IdxDigits.Side;
    private const int AccuracyBatch = 64;
    private const int LatencyCalls = 5_000;

    /// <summary>The just-in-time compiler optimises what runs often only after a tenth of a second; NativeAOT needs none of it.</summary>
    private static readonly TimeSpan s_warmUpTime = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan s_throughputTime = TimeSpan.FromSeconds(0.5);

    private readonly LeNetInference _model;
    private readonly byte[] _labels;
    private readonly CancellationToken _token;

    /// <summary>[N, 1, 28, 28], 0 to 1, as in training.</summary>
    private readonly float[] _images;

    /// <param name="token">Every method throws <see cref="OperationCanceledException"/> soon after it is cancelled.</param>
    public Measurement(LeNetInference model, IdxDigits digits, CancellationToken token)
    {
        (_model, _labels, _token) = (model, digits.Labels, token);
        _images = [.. digits.Pixels.Select(pixel => pixel / 255f)];
    }

    /// <summary>The share of the images whose largest logit is their label's, 0 to 1.</summary>
    public double Accuracy()
    {
        int right = 0;
        float[] logits = new float[AccuracyBatch * Classes];
        for (int first = 0; first < _labels.Length; first += AccuracyBatch)
        {
            _token.ThrowIfCancellationRequested();
            int count = Math.Min(AccuracyBatch, _labels.Length - first);
            _model.Run(Images(first, count), logits.AsSpan(0, count * Classes));
            for (int i = 0; i < count; i++)
                right += Predicted(logits.AsSpan(i * Classes, Classes)) == _labels[first + i] ? 1 : 0;
        }
        return right / (double)_labels.Length;
    }

    /// <summary>Microseconds of calls with one image each, ascending.</summary>
    public double[] Latencies()
    {
        float[] logits = new float[Classes];
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < s_warmUpTime)
        {
            _token.ThrowIfCancellationRequested();
            _model.Run(Images(0, 1), logits);
        }
        double[] times = new double[LatencyCalls];
        for (int i = 0; i < LatencyCalls; i++)
        {
            _token.ThrowIfCancellationRequested();
            ReadOnlySpan<float> image = Images(i % _labels.Length, 1);
            long start = Stopwatch.GetTimestamp();
            _model.Run(image, logits);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        Array.Sort(times);
        return times;
    }

    /// <summary>From the median time of a call with <paramref name="batch"/> images.</summary>
    public double ImagesPerSecond(int batch)
    {
        float[] images = [.. Enumerable.Range(0, batch).SelectMany(i => Images(i % _labels.Length, 1).ToArray())];
        float[] logits = new float[batch * Classes];
        _model.Run(images, logits);
        List<double> times = [];
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < s_throughputTime || times.Count < 3)
        {
            _token.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            _model.Run(images, logits);
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        times.Sort();
        return batch / times[times.Count / 2];
    }

    private ReadOnlySpan<float> Images(int first, int count) => _images.AsSpan(first * Pixels, count * Pixels);

    private static int Predicted(ReadOnlySpan<float> logits)
    {
        int largest = 0;
        for (int i = 1; i < logits.Length; i++)
            largest = logits[i] > logits[largest] ? i : largest;
        return largest;
    }
}
