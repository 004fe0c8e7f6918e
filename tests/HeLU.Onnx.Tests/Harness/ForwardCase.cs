using Helu.Generators.Tests;

namespace Helu.Onnx.Tests.Harness;

/// <summary>A model of one expression or a few.</summary>
/// <param name="Members">Its fields.</param>
/// <param name="Forward">The body of forward(Tensor x).</param>
/// <param name="Shape">Of one sample.</param>
internal sealed record ForwardCase(string Members, string Forward, params long[] Shape)
{
    public static IReadOnlyList<ForwardCase> All { get; } =
    [
        .. InferenceTests.Forwards.Cast<object[]>().Select(row => new ForwardCase(InferenceTests.Linears, (string)row[0], 6)),
        .. InferenceTests.Modules.Cast<object[]>().Select(row => new ForwardCase(InferenceTests.Members((string)row[0]), (string)row[1], (long[])row[2])),
        .. Own.Select(row => row with { Members = InferenceTests.Members(row.Members) }),
    ];

    /// <summary>The usings and every case's class.</summary>
    public static string Source { get; } = Generators.Tests.Harness.Programs.Usings
        + string.Join("\n", All.Select((row, index) => InferenceTests.Net(row.Members, row.Forward, Name(index))));

    private static IEnumerable<ForwardCase> Own =>
    [
        // averages and maxima that ONNX's pooling does not give
        new("AvgPool2d p = AvgPool2d(3, stride: 2, padding: 1, ceil_mode: true);", "return p.call(x);", 2, 8, 7),
        new("AvgPool2d p = AvgPool2d(3, stride: 2, padding: 1, ceil_mode: true, count_include_pad: false);", "return p.call(x);", 2, 8, 7),
        new("AvgPool2d p = AvgPool2d(new long[] { 2, 3 }, divisor_override: 5);", "return p.call(x);", 2, 8, 7),
        new("AvgPool2d p = AvgPool2d(3, stride: 2, ceil_mode: true, divisor_override: 4);", "return p.call(x);", 2, 8, 8),
        new("AvgPool1d p = AvgPool1d(3, stride: 2, padding: 1, ceil_mode: true);", "return p.call(x);", 2, 8),
        new("MaxPool2d p = MaxPool2d(3, stride: 2, padding: 1, ceil_mode: true);", "return p.call(x);", 2, 8, 7),
        new("MaxPool2d p = MaxPool2d(2, stride: 3, dilation: 2, ceil_mode: true);", "return p.call(x);", 2, 9, 10),
        new("MaxPool1d p = MaxPool1d(3, stride: 2, ceil_mode: true);", "return p.call(x);", 2, 8),
        new("AdaptiveAvgPool2d p = AdaptiveAvgPool2d((4, 2));", "return p.call(x);", 2, 8, 6),
        new("AdaptiveMaxPool2d p = AdaptiveMaxPool2d(new long[] { 3, 4 });", "return p.call(x);", 2, 7, 9),
        new("AdaptiveMaxPool2d p = AdaptiveMaxPool2d(new long[] { 4, 3 }); AdaptiveMaxPool1d q = AdaptiveMaxPool1d(5); AdaptiveMaxPool1d r = AdaptiveMaxPool1d(1);", "return r.call(q.call(p.call(x).flatten(2)));", 2, 8, 9),
        new("AdaptiveAvgPool1d p = AdaptiveAvgPool1d(7);", "return p.call(x);", 2, 5),
        // upsampling by factors and sizes that repeat unevenly
        new("int k = 2;", "return functional.interpolate(x, new long[] { 7, 10 }, mode: InterpolationMode.Nearest);", 2, 3, 6),
        new("Upsample u = Upsample(scale_factor: new double[] { 1.5, 2.5 });", "return u.call(x);", 2, 4, 3),
        new("Upsample u = Upsample(scale_factor: new double[] { 3 });", "return u.call(x);", 2, 5),
        // layers
        new("Sequential s = Sequential(Linear(64, 32), BatchNorm1d(32), ReLU(), Dropout(), Linear(32, 32), ReLU(), Linear(32, 10));", "return s.call(x);", 64),
        new("Linear a = Linear(6, 4, hasBias: false), b = Linear(4, 3);", "return b.call(a.call(x));", 5, 6),
        new("GroupNorm g = GroupNorm(3, 6, affine: false);", "return g.call(x);", 6, 4, 5),
        new("GroupNorm g = GroupNorm(3, 6);", "return g.call(x);", 6, 5),
        new("LayerNorm n = LayerNorm(new long[] { 3, 4 }), m = LayerNorm(4, elementwise_affine: false);", "return m.call(n.call(x));", 2, 3, 4),
        new("BatchNorm2d n = BatchNorm2d(3, affine: false); BatchNorm1d m = BatchNorm1d(3);", "return m.call(n.call(x).flatten(2));", 3, 4, 5),
        new("ConvTranspose2d c = ConvTranspose2d(4, 6, 3, stride: 2, padding: 1, output_padding: 1, groups: 2);", "return c.call(x);", 4, 5, 6),
        new("ConvTranspose1d c = ConvTranspose1d(4, 6, 3, stride: 2, dilation: 2, bias: false);", "return c.call(x);", 4, 5),
        new("Conv2d c = Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2), groups: 2); BatchNorm2d n = BatchNorm2d(6);", "return n.call(c.call(x));", 4, 8, 9),
        // activations with parameters
        new("Softplus a = Softplus(3, 2), b = Softplus(0.5, 20);", "return a.call(x * 4) + b.call(x);", 7),
        new("GELU a = GELU(TorchSharp.Modules.GELU.Approximate.tanh); CELU b = CELU(0.3); ELU c = ELU(1.7);", "return a.call(x) + b.call(x) + c.call(x);", 7),
        new("PReLU a = PReLU(3, 0.3), b = PReLU(1); Linear f = Linear(4, 5);", "return b.call(f.call(a.call(x)));", 3, 4),
        new("PReLU a = PReLU(5, 0.3); Linear f = Linear(6, 5);", "return a.call(f.call(x));", 6),
        // shapes that depend on the batch
        new("int n = 3;", "return x.view(x.shape[0] * n, 2).view(n, -1, 2).transpose(0, 1);", 3, 2),
        new("int n = 3;", "var y = x.unsqueeze(1) * x.unsqueeze(0); return y.view(1, n, x.shape[0], x.shape[0], 2) * 2;", 6),
        new("int n = 3;", "return x.view(1, x.shape[0], 6).squeeze();", 6),
        new("int n = 3;", "return cat(new[] { x, x * 2 }, 0).narrow(0, x.shape[0], x.shape[0]);", 6),
        new("int n = 3;", "return functional.pad(x, new long[] { 0, 0, 1, 2 }).narrow(0, 1, x.shape[0] + 1);", 6),
        new("Linear f = Linear(6, 4);", "return f.call(x.unsqueeze(2).unsqueeze(3).squeeze());", 6),
        new("int n = 2;", "return x.sum(new long[] { 0 }, keepdim: true) + x.mean(new long[] { 1 }, keepdim: true) + x.mean() + x.sum();", 6),
    ];

    public static string Name(int index) => $"Net{index}";
}
